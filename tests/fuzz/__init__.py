"""Files that mean harm: whatever bytes come in, an import ends with a report or a sentence, never a crash or a hang."""
