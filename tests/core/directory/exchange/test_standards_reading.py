"""Other people's files become entries a clerk can use, and what wasn't understood is said."""

import csv
import json
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pointinfo.database.schema import Contact
from pointinfo.directory.exchange import cleaning, data_inclusion, hsds, mednum, ohana
from pointinfo.directory.exchange.incoming import Incoming, Reader, Remark, uid_of
from pointinfo.directory.record import EntryRecord, Link
from pointinfo.directory.vocabulary import Resolver
from pointinfo.i18n import words
from tests.measure_exchange import SHARED, SOURCES, Source, measured, needs_shared, shipped_resolver

FRENCH = words("fr")
FLOORS = {
    "imports/mednum_nouvelle-caledonie.json": (92, 0.97, 69),
    "imports/mednum_gironde.json": (347, 0.93, 0),
    "imports/mednum_maine-et-loire.json": (243, 0.94, 0),
    "imports/mednum_epernay.json": (39, 0.79, 29),
    "imports/bfc_mednum_ODbL.csv": (697, 0.98, 310),
    "imports/datainclusion_v1_template_fixture.xlsx": (3, 0.71, 1),
    "imports/ohana_sample_csv": (37, 0.98, 3),
    "standards/hsds_3.0_examples_csv": (3, 0.75, 0),
    "standards/hsds_3.0_service_full.json": (3, 0.74, 0),
    "standards/hsds_3.0_organization_full.json": (3, 0.74, 0),
}
"""Of each real file: its records, the share of its cells that must be understood, those with opening hours."""

Opening = Callable[[Path, Resolver, Any], Reader]


@pytest.fixture(scope="module")
def resolver() -> Resolver:
    return shipped_resolver()


def read(path: Path, opens: Opening, resolver: Resolver) -> dict[str, Incoming]:
    """The entries of a file by name."""
    return {incoming.record.name: incoming for incoming in opens(path, resolver, FRENCH)}


def written(folder: Path, name: str, content: Any) -> Path:
    """A JSON file, or a folder of CSV tables."""
    path = folder / name
    if name.endswith(".json"):
        path.write_text(json.dumps(content, ensure_ascii=False), "utf-8")
        return path
    path.mkdir()
    for table, rows in content.items():
        with (path / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(dict.fromkeys(column for row in rows for column in row)))
            writer.writeheader()
            writer.writerows(rows)
    return path


# Real files


@needs_shared
@pytest.mark.parametrize("source", SOURCES, ids=lambda source: Path(source.place).name)
def test_a_real_file_is_understood_at_least_this_far(source: Source, resolver: Resolver) -> None:
    records, share, opening = FLOORS[source.place]
    found = measured(source, SHARED, resolver)
    assert found.records == records
    assert found.share >= share
    assert found.hours >= opening


@needs_shared
@pytest.mark.parametrize("source", SOURCES, ids=lambda source: Path(source.place).name)
def test_reading_a_real_file_again_gives_the_same_entries(source: Source, resolver: Resolver) -> None:
    first, second = ([each.record for each in source.opens(SHARED / source.place, resolver, FRENCH)] for _time in "ab")
    assert first == second
    assert len({record.uid for record in first}) == len(first)


@needs_shared
@pytest.mark.parametrize("source", SOURCES, ids=lambda source: Path(source.place).name)
def test_every_real_file_is_recognised_by_its_own_format_only(source: Source) -> None:
    looks = {
        mednum.open_mednum: mednum.looks_like,
        data_inclusion.open_data_inclusion: data_inclusion.looks_like,
        ohana.open_ohana: ohana.looks_like,
        hsds.open_hsds_package: hsds.looks_like_package,
        hsds.open_hsds_json: hsds.looks_like_json,
    }
    path = SHARED / source.place
    assert [opens for opens, looks_like in looks.items() if looks_like(path)] == [source.opens]


@needs_shared
def test_the_deliberate_errors_of_the_template_are_all_said(resolver: Resolver) -> None:
    path = SHARED / "imports/datainclusion_v1_template_fixture.xlsx"
    found = list(data_inclusion.open_data_inclusion(path, resolver, FRENCH))
    said = {(remark.column, remark.value) for incoming in found for remark in incoming.remarks}
    assert said == {
        ("structures.code_postal", "750121"),
        ("structures.courriel", "pas une adresse"),
        ("structures.site_web", "pas une url !"),
        ("services.thematiques", "logement-hebergement--louer-un-appartement"),
        ("services.nombre_semaines", "beaucoup"),
        ("services.mobilisable_par", "autres"),
    }
    assert [incoming.row for incoming in found] == [4, 4, 5]
    structure, service, _other = (incoming.record for incoming in found)
    assert structure.name == "AGENCE ACTION LOGEMENT"  # without its full stop
    assert service.links == (Link("offered_by", structure.uid),)


@needs_shared
def test_a_service_of_the_hsds_example_knows_who_offers_it_and_where(resolver: Resolver) -> None:
    found = read(SHARED / "standards/hsds_3.0_examples_csv", hsds.open_hsds_package, resolver)
    service = found["Community Counselling"].record
    organization, place = found["Example Organization Inc."].record, found["MyCity Civic Center"].record
    assert service.links == (Link("offered_by", organization.uid), Link("takes_place_at", place.uid))
    assert (service.age_from, service.age_to, service.verified_on) == (12, 100, "2005-01-01")
    assert service.street == "1-30 Main Street, MyVillage"
    assert "35 GBP per 1 hour session" in service.wordings["fr"].fee
    assert service.terms["accessibility"] == ("fauteuil-roulant", "boucle-auditive")
    assert service.origins[0].extra["accreditations"].startswith("All of our practitioners")


@needs_shared
def test_ohanas_week_and_holidays_become_opening_hours(resolver: Resolver) -> None:
    found = read(SHARED / "imports/ohana_sample_csv", ohana.open_ohana, resolver)
    assert found["Example Service Name"].record.hours == (
        "Mo-Fr 08:00-17:00; Sa 10:00-18:00; Su 11:00-17:00; Jan 01 off; 2015 Dec 24 10:00-16:00; Jun 01-Sep 01 off"
    )
    centre = found["Fair Oaks Adult Activity Center"]
    assert centre.record.hours == '"Monday 9am–03:00"'  # nobody closes at three in the morning
    assert centre.record.kind == "service"  # a place with one service of its name is that service
    assert "hours" not in centre.unread or centre.remarks


# Facts


def place(**fields: Any) -> dict[str, Any]:
    return {"nom": "Espace connecté", "ridet": None, "geolocalisation": None, "adresse": "1 rue A", **fields}


def test_a_place_in_new_caledonia_becomes_a_card(tmp_path: Path, resolver: Resolver) -> None:
    path = written(
        tmp_path,
        "nc.json",
        [
            place(
                nom="Espace <b>numérique</b> &amp; lecture",
                commune="Nouméa",
                geolocalisation={"lon": 166.468099, "lat": -22.233939},
                telephone="426700",
                courriel="mednord@bernheim.nc",
                site_web="www.bernheim.nc (refonte en cours)",
                reseaux_sociaux="https://www.facebook.com/bernheim, https://fr-fr.instagram.com/b",
                horaires_lundi="7:30 - 11:30 ; 12:15 - 16:",
                horaires_mardi="07:30-11:30, 12:15-16:00",
                horaires_samedi="Fermé",
                services="Accompagnement individuel,\nAteliers collectif ou formations",
                publics_accueillis="Seniors (+ 65 ans)\n Uniquement femmes",
                conditions_acces="Gratuit sous condition",
                accessibilite="Rampe d'accès, ascenseur et toilettes handicapés",
                etp_mediateur=1,
            )
        ],
    )
    reader = mednum.open_mednum(path, resolver, FRENCH)
    [incoming] = reader
    record = incoming.record
    assert record.name == "Espace numérique & lecture"
    assert (record.longitude, record.latitude) == (166.468099, -22.233939)
    assert record.hours == "Mo,Tu 07:30-11:30,12:15-16:00"
    assert record.contacts == (
        Contact("phone", "+687 42.67.00"),
        Contact("email", "mednord@bernheim.nc"),
        Contact("web", "https://www.bernheim.nc"),
        Contact("web", "https://www.facebook.com/bernheim", "Facebook"),
        Contact("web", "https://fr-fr.instagram.com/b", "Instagram"),
    )
    assert record.terms["audience"] == ("aines",)
    assert record.terms["eligibility"] == ("femmes",)
    assert record.terms["topic"] == ("aide-administrative", "cours", "formation-base")
    assert record.terms["theme"] == ("demarches", "emploi-formation")
    assert record.terms["fee"] == ("tarif-reduit",)
    assert record.terms["accessibility"] == ("fauteuil-roulant", "ascenseur", "toilettes-adaptees")
    assert record.origins[0].extra == {"etp_mediateur": "1"}
    assert incoming.remarks == ()
    shares = {each.field: (each.filled, each.taken, each.kept) for each in reader.understood()}
    assert shares["etp_mediateur"] == (1, 0, 1)
    assert shares["telephone"] == (1, 1, 0)
    assert shares["ridet"] == (0, 0, 0)


def test_a_cell_that_was_refused_does_not_count_as_kept(tmp_path: Path, resolver: Resolver) -> None:
    path = written(tmp_path, "m.json", [place(telephone="demander à Léa", etp_mediateur="2")])
    reader = mednum.open_mednum(path, resolver, FRENCH)
    [incoming] = reader
    assert incoming.record.origins[0].extra == {"etp_mediateur": "2", "telephone": "demander à Léa"}
    counts = {each.field: each[1:] for each in reader.understood()}
    assert (counts["telephone"], counts["etp_mediateur"]) == ((1, 0, 0), (1, 0, 1))


def test_hours_that_cannot_be_read_stay_to_be_read_and_open_no_door(tmp_path: Path, resolver: Resolver) -> None:
    path = written(tmp_path, "nc.json", [place(horaires_lundi="08:00-12:00", horaires_jeudi="réservé aux scolaires")])
    [incoming] = mednum.open_mednum(path, resolver, FRENCH)
    assert incoming.record.hours == 'Mo 08:00-12:00; Th unknown "réservé aux scolaires"'
    assert [(remark.row, remark.column, remark.value) for remark in incoming.remarks] == [
        (1, "horaires_jeudi", "réservé aux scolaires")
    ]
    assert "hours" not in incoming.unread
    path = written(tmp_path, "nc.json", [place(horaires_lundi="", horaires_jeudi="réservé aux scolaires")])
    [incoming] = mednum.open_mednum(path, resolver, FRENCH)
    assert (incoming.record.hours, incoming.unread) == ('"jeudi réservé aux scolaires"', ("hours",))


def test_what_is_plainly_mistyped_is_read_as_it_was_meant(tmp_path: Path, resolver: Resolver) -> None:
    fields = {"site_web": "https ://www.cjec.nc", "reseaux_sociaux": "htpps://www.facebook.com/PIJ-Tuo"}
    fields |= {"courriel": "jeunes@cjec.nc%A0", "horaires_lundi": "10:00-11-00, 12:00-17:00"}
    [incoming] = mednum.open_mednum(written(tmp_path, "nc.json", [place(**fields)]), resolver, FRENCH)
    assert incoming.remarks == ()
    assert incoming.record.hours == "Mo 10:00-11:00,12:00-17:00"
    assert {contact.value for contact in incoming.record.contacts} >= {
        "https://www.cjec.nc",
        "https://www.facebook.com/PIJ-Tuo",
        "jeunes@cjec.nc",
    }


def test_a_mail_address_in_the_column_of_pages_is_a_mail_address(tmp_path: Path, resolver: Resolver) -> None:
    path = written(tmp_path, "nc.json", [place(site_web="accueil@cjec.nc")])
    [incoming] = mednum.open_mednum(path, resolver, FRENCH)
    assert "accueil@cjec.nc" in [contact.value for contact in incoming.record.contacts if contact.kind == "email"]


@pytest.mark.parametrize(
    ("written_as", "said"), [("09/0102023", "2023"), ("31/02/2023", "2023"), ("2023-02-31", ""), ("bientôt", "")]
)
def test_a_date_of_which_only_the_year_can_be_read_is_that_year(written_as: str, said: str) -> None:
    assert cleaning.day(written_as) == ""
    assert cleaning.year(written_as) == said


def test_what_is_no_phone_mail_or_word_of_ours_is_said_with_its_cell(tmp_path: Path, resolver: Resolver) -> None:
    path = written(tmp_path, "nc.json", [place(telephone="+687", courriel="a@b", services="Danse, Autre")])
    [incoming] = mednum.open_mednum(path, resolver, FRENCH)
    assert [remark.column for remark in incoming.remarks] == ["telephone", "courriel", "services"]
    assert incoming.record.contacts == ()
    assert set(incoming.unread) >= {"contacts/phone", "contacts/email", "terms/topic"}
    assert incoming.record.origins[0].extra["telephone"] == "+687"


def test_two_places_of_the_same_name_and_street_are_two_entries(tmp_path: Path, resolver: Resolver) -> None:
    path = written(tmp_path, "nc.json", [place(), place()])
    one, two = (incoming.record for incoming in mednum.open_mednum(path, resolver, FRENCH))
    assert one.uid == uid_of("mednum:nouvelle-caledonie", "Espace connecté|1 rue A")
    assert one.uid != two.uid


def test_a_record_without_a_name_cannot_come_in(tmp_path: Path, resolver: Resolver) -> None:
    path = written(tmp_path, "nc.json", [place(), place(nom=None), "no record"])
    good, nameless, no_record = mednum.open_mednum(path, resolver, FRENCH)
    assert not good.remarks
    assert nameless.remarks == (Remark(2, "", "", "Cette fiche n’a pas de nom.", fatal=True),)
    assert no_record.remarks[0].fatal


def test_a_lambert_point_lies_where_the_map_shows_it() -> None:
    """Angers' town hall by its Lambert-93 coordinates, and what is outside France."""
    found = cleaning.from_lambert93("432785,3", "6713640,1")
    assert found is not None
    assert abs(found.longitude - -0.5486) < 0.01
    assert abs(found.latitude - 47.4698) < 0.01
    assert cleaning.from_lambert93("2500000", "1117000") is None
    assert cleaning.from_lambert93(700000, 6600000) == cleaning.Place(3.0, 46.5)  # the origin of the projection


def test_everyone_excludes_the_other_audiences(tmp_path: Path, resolver: Resolver) -> None:
    path = written(tmp_path, "nc.json", [place(publics_accueillis="Seniors (+ 65 ans)\nTout types de publics")])
    [incoming] = mednum.open_mednum(path, resolver, FRENCH)
    assert incoming.record.terms["audience"] == ("population",)


def inclusion(**fields: Any) -> dict[str, Any]:
    base = {"source": "dora", "id": "s", "structure_id": "o", "nom": "Cours.", "description": "Apprendre."}
    return {**base, "date_maj": "2026-02-03", **fields}


def test_a_data_inclusion_service_speaks_our_lists(tmp_path: Path, resolver: Resolver) -> None:
    service = inclusion(
        type="atelier",
        thematiques=["lecture-ecriture-calcul--maitriser-le-francais"],
        publics=["personnes-exilees", "demandeurs-emploi"],
        frais="payant",
        frais_precisions="10 CHF",
        modes_accueil=["en-presentiel"],
        modes_mobilisation=["telephoner"],
        mobilisable_par=["professionnels"],
        horaires_accueil="Mo,We 14:00-18:00",
        telephone="+41 22 418 47 00",
        contact_nom_prenom="A. Martin",
        complement_adresse="2e étage, CH-1205",
        commune="Genève",
        nombre_semaines=3,
        code_insee="01234",
    )
    structure = {"source": "dora", "id": "o", "nom": "Org", "date_maj": "2026-01-01", "reseaux_porteurs": ["caf"]}
    found = read(
        written(tmp_path, "di.json", {"structures": [structure], "services": [service]}),
        data_inclusion.open_data_inclusion,
        resolver,
    )
    record = found["Cours"].record
    assert record.kind == "activity"
    assert record.links == (Link("offered_by", found["Org"].record.uid),)
    assert record.terms == {
        "topic": ("cours-francais", "cours"),
        "theme": ("langue-integration", "emploi-formation"),
        "audience": ("nouveaux-habitants",),
        "eligibility": ("chomage", "sur-orientation"),
        "fee": ("payant",),
        "attendance": ("sur-place",),
        "commune": ("c6621",),
    }
    assert (record.street, record.postcode, record.city) == ("2e étage", "1205", "Genève")
    assert record.contacts == (Contact("phone", "022 418 47 00", "A. Martin"),)
    assert record.hours == "Mo,We 14:00-18:00"
    assert record.wordings["fr"].how_to_apply == "Téléphoner."
    assert record.origins[0].source == "data-inclusion:dora"
    assert record.origins[0].extra == {"code_insee": "01234"}
    assert found["Org"].record.wordings["fr"].summary == "Réseaux : caf."


def hsds_service(**fields: Any) -> dict[str, Any]:
    return {"id": "ac148810-d857-441c-9679-408f346de14b", "name": "Repas", "status": "active", **fields}


def test_hsds_schedules_become_opening_hours_and_sessions(tmp_path: Path, resolver: Resolver) -> None:
    def row(number: int, **fields: Any) -> dict[str, Any]:
        return {"id": str(number), "opens_at": "08:30", "closes_at": "12:00:00", **fields}

    schedules = [
        row(1, freq="WEEKLY", byday="MO,TU"),
        row(2, freq="MONTHLY", byday="1SA"),
        row(3, freq="WEEKLY", interval=2, byday="WE", dtstart="2026-09-02", until="2026-12-16"),
        row(4, dtstart="2026-12-24"),
        row(5, freq="WEEKLY", byday="MO", bymonthday="13"),
    ]
    [incoming] = hsds.open_hsds_json(
        written(tmp_path, "h.json", [hsds_service(service_at_locations=[], schedules=schedules)]), resolver, FRENCH
    )
    record = incoming.record
    assert record.hours == "Mo,Tu,Sa[1] 08:30-12:00"
    every_other, once = record.schedules
    assert (every_other.weekdays, every_other.every, every_other.first, every_other.last) == (
        (2,),
        2,
        "2026-09-02",
        "2026-12-16",
    )
    assert once.dates == ("2026-12-24",)
    assert [remark.column for remark in incoming.remarks] == ["schedules.bymonthday"]


def test_an_address_without_a_name_is_the_services_own(tmp_path: Path, resolver: Resolver) -> None:
    address = {"id": "a", "address_1": "Rue Dancet 22", "postal_code": "1205", "city": "Genève", "country": "CH"}
    location = {"id": "l", "location_type": "physical", "latitude": 46.2, "longitude": 6.14, "addresses": [address]}
    path = written(tmp_path, "h.json", hsds_service(service_at_locations=[{"id": "x", "location": location}]))
    [incoming] = hsds.open_hsds_json(path, resolver, FRENCH)
    record = incoming.record
    assert (record.street, record.postcode, record.city) == ("Rue Dancet 22", "1205", "Genève")
    assert (record.longitude, record.latitude) == (6.14, 46.2)
    assert record.terms["commune"] == ("c6621",)
    assert record.links == ()


def test_an_organization_named_by_many_services_comes_once(tmp_path: Path, resolver: Resolver) -> None:
    organization = {"id": "o1", "name": "Org", "description": "Une."}
    services = [
        {"id": f"s{n}", "name": f"Service {n}", "status": "active", "organization": organization} for n in range(3)
    ]
    names = [each.record.name for each in hsds.open_hsds_json(written(tmp_path, "h.json", services), resolver, FRENCH)]
    assert names == ["Org", "Service 0", "Service 1", "Service 2"]


def test_a_foreign_file_cannot_slip_something_into_internal_fields(tmp_path: Path, resolver: Resolver) -> None:
    def field(key: str, value: Any) -> dict[str, Any]:
        term = {"id": key, "code": f"field:{key}", "name": key, "taxonomy": "pointinfo:field"}
        return {"id": key, "value": json.dumps(value), "taxonomy_term": term}

    fields = [field("internal_note", "x"), field("kind", "spaceship"), field("hours", "lundi"), field("stop", "Rive")]
    path = written(tmp_path, "h.json", [hsds_service(service_at_locations=[], attributes=fields)])
    [incoming] = hsds.open_hsds_json(path, resolver, FRENCH)
    record: EntryRecord = incoming.record
    assert (record.internal_note, record.kind, record.hours, record.stop) == ("", "service", "", "Rive")


# Size


def test_a_large_file_is_read_record_by_record(tmp_path: Path, resolver: Resolver) -> None:
    """10 MB of services and half a million characters in one: memory holds one at a time."""
    path = tmp_path / "large.json"
    with path.open("w", encoding="utf-8") as file:
        file.write('{"structures": [], "services": [\n')
        for number in range(1_000):
            text = "x" * (500_000 if number == 500 else 10_000)
            file.write(("," if number else "") + json.dumps(inclusion(id=str(number), description=text)) + "\n")
        file.write("]}")
    tracemalloc.start()
    count = sum(1 for _incoming in data_inclusion.open_data_inclusion(path, resolver, FRENCH))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 1_000
    assert path.stat().st_size > 10_000_000
    assert peak < 6_000_000


def test_the_tables_of_a_package_are_joined_on_disk(tmp_path: Path, resolver: Resolver) -> None:
    """1,000 services with a telephone each; memory holds where the rows lie."""
    services = [
        {"id": f"s{n}", "organization_id": "o", "name": f"Service {n}", "status": "active", "description": "x" * 10_000}
        for n in range(1_000)
    ]
    phones = [{"id": f"p{n}", "service_id": f"s{n}", "number": "022 418 47 00"} for n in range(1_000)]
    path = written(tmp_path, "package", {"services": services, "phones": phones})
    del services, phones
    tracemalloc.start()
    reader = hsds.open_hsds_package(path, resolver, FRENCH)
    count = sum(len(incoming.record.contacts) for incoming in reader)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 1_000
    assert peak < 5_000_000
