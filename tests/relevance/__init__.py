"""How well the search answers judged queries: a table, by kind and language. `python -m tests.relevance`."""
