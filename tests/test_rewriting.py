"""What a workbook changes is put into the YAML: every comment goes where its own part goes."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from palvelupolku import splicing
from palvelupolku.canonical import canonical
from palvelupolku.cells import as_filled
from palvelupolku.errors import PathError
from palvelupolku.pairing import paired
from palvelupolku.rewriting import rewritten
from palvelupolku.yamltext import parse

NAME = "koivula/polku.yml"
BEFORE = """\
# Polku on koottu yhdessä.
name: "yes"
summary: Saat ohjausta.  # lyhyesti

# Kuka järjestää.
arrangers:
- actor: kaupunki
  # Kysytty kaupungilta.
  sources:
  - laki
steps:
# Tapaaminen sovitaan puhelimessa.

# Numero on sivulla.
- id: tapaaminen
  name: Ensimmäinen tapaaminen
  # Miksi tuttavallisesti: asiakkaat toivoivat.
  client: |
    Kerro, mitä haluat.

    # 1. Tämä kuuluu tekstiin.
  choices:
  # Arvioon aina.
  - step: arvio
  # Tapaamisen viimeinen huomautus.
# Arvio tehdään yhdessä.
- id: arvio
  name: Mikä sopii sinulle?
  choices:
  # Työ on ensin.
  - outcome: palkkatyo
    condition: löydät työpaikan
  # Kokeilu on lyhyt.
  - service: tyokokeilu
    # Sana valittu asiakkaiden kanssa.
    condition: haluat kokeilla työtä
  # Takaisin pääsee aina.
  - step: tapaaminen
    kind: return
    condition: suunnitelma muuttuu
# Loppu on tarkoituksella lyhyt.
- id: loppu
  name: Palvelu päättyy
review:
  sources_seen: 2026-11-01
# Tiedosto loppuu tähän.
"""

Change = Callable[[dict[str, Any]], object]


def after(change: Change, before: str = BEFORE) -> str:
    """The file after a change of what it says; it reads as that and is in the one layout."""
    data = as_filled(parse(NAME, before.encode()).data)
    new = deepcopy(data)
    change(new)
    written = rewritten(NAME, "palvelu", new, before.encode())
    assert as_filled(parse(NAME, written).data) == new
    assert canonical(NAME, written) == written
    return written.decode()


def test_nothing_new_is_the_same_file():
    """Comments, blank lines and quotation marks stay as they are."""
    assert after(lambda _: None) == BEFORE


def swap(items: list[Any], one: int, two: int) -> None:
    """Let two items change places."""
    items[one], items[two] = items[two], items[one]


def test_a_step_moves_with_its_comments():
    """Two steps change places: what stands above and inside each comes along."""
    now = after(lambda data: swap(data["steps"], 0, 1))
    first, second = now.index("# Arvio tehdään yhdessä.\n- id: arvio"), now.index("# Tapaaminen")
    assert first < second
    assert "# Numero on sivulla.\n- id: tapaaminen\n" in now
    assert "  # Tapaamisen viimeinen huomautus.\n# Loppu on tarkoituksella lyhyt.\n" in now
    assert sorted(now.splitlines()) == sorted(BEFORE.splitlines())


def test_a_deleted_step_takes_its_comments_along():
    """What is told of a step that is no more would be read as told of the next."""
    now = after(lambda data: data["steps"].pop(0))
    assert "steps:\n# Arvio tehdään yhdessä.\n- id: arvio\n" in now
    gone = set(BEFORE.splitlines()) - set(now.splitlines())
    assert {line for line in gone if "#" in line} == {
        "# Tapaaminen sovitaan puhelimessa.", "# Numero on sivulla.",
        "  # Miksi tuttavallisesti: asiakkaat toivoivat.", "    # 1. Tämä kuuluu tekstiin.",
        "  # Arvioon aina.", "  # Tapaamisen viimeinen huomautus.",
    }  # fmt: skip


def test_a_new_step_comes_between_and_takes_nobodys_comment():
    """The comments above the step that follows stay above it."""
    now = after(lambda data: data["steps"].insert(1, {"id": "uusi", "name": "Uusi vaihe"}))
    between = "- id: uusi\n  name: Uusi vaihe\n# Arvio tehdään yhdessä.\n- id: arvio\n"
    assert f"  # Tapaamisen viimeinen huomautus.\n{between}" in now
    assert now.replace("- id: uusi\n  name: Uusi vaihe\n", "") == BEFORE


def test_a_step_is_known_by_its_id_though_it_moves_and_changes():
    """A moved step with a new name and without a text keeps the comments of what is left."""

    def change(data: dict[str, Any]) -> None:
        swap(data["steps"], 0, 2)
        data["steps"][2]["name"] = "Tapaaminen"
        del data["steps"][2]["client"]

    now = after(change)
    assert "# Numero on sivulla.\n- id: tapaaminen\n  name: Tapaaminen\n  choices:\n" in now
    assert "tuttavallisesti" not in now
    assert "steps:\n# Loppu on tarkoituksella lyhyt.\n- id: loppu\n" in now


def test_a_step_that_gets_another_id_keeps_its_comments():
    """When all the rest is the same, it is the same step."""
    now = after(lambda data: data["steps"][2].update(id="paatos"))
    assert now == BEFORE.replace("id: loppu", "id: paatos")


def test_choices_move_with_their_comments():
    """Choices in the opposite order: each under its own comment."""
    now = after(lambda data: data["steps"][1]["choices"].reverse())
    for own in (
        "  choices:\n  # Takaisin pääsee aina.\n  - step: tapaaminen\n",
        "  # Kokeilu on lyhyt.\n  - service: tyokokeilu\n    # Sana valittu asiakkaiden kanssa.\n",
        "  # Työ on ensin.\n  - outcome: palkkatyo\n",
    ):
        assert own in now
    assert sorted(now.splitlines()) == sorted(BEFORE.splitlines())


def test_a_choice_that_is_deleted_or_new_leaves_the_comments_of_the_others():
    """One goes, one comes, one changes: the others are known by where they lead."""

    def change(data: dict[str, Any]) -> None:
        choices = data["steps"][1]["choices"]
        del choices[0]
        choices[0]["condition"] = "kokeilet"
        choices.insert(1, {"step": "loppu", "condition": "et halua jatkaa"})

    now = after(change)
    assert (
        "  choices:\n  # Kokeilu on lyhyt.\n  - service: tyokokeilu\n"
        "    # Sana valittu asiakkaiden kanssa.\n    condition: kokeilet\n"
        "  - step: loppu\n    condition: et halua jatkaa\n"
        "  # Takaisin pääsee aina.\n  - step: tapaaminen\n"
    ) in now
    assert "Työ on ensin" not in now


def test_a_comment_above_a_key_goes_with_the_key():
    """A key that is no more takes its comment along, and a new one takes nobody's."""
    now = after(lambda data: (data.pop("arrangers"), data.update(stage="activity")))
    assert "Kuka järjestää" not in now
    assert "Kysytty kaupungilta" not in now
    assert "stage: activity\nsteps:\n# Tapaaminen sovitaan" in now.replace(
        "summary: Saat ohjausta.  # lyhyesti\n", ""
    )


def test_a_comment_beside_a_text_stays_beside_a_new_one():
    """Also when the new text takes several lines."""
    assert "summary: Uusi.  # lyhyesti\n" in after(lambda data: data.update(summary="Uusi."))
    long = " ".join(["Pitkä sana."] * 10)
    assert "summary: >-  # lyhyesti\n" in after(lambda data: data.update(summary=long))


def test_texts_without_names_are_paired_by_their_words_then_by_their_place():
    """A changed text is told from a new one; as many as were are in their places."""
    old = ["Saat ohjausta työhön.", "Palvelu on maksuton.", "Kysy lisää."]
    assert paired(old, ["Palvelu on sinulle maksuton.", "Kysy lisää."]) == [1, 2]
    assert paired(old, [old[2], "Aivan muuta", old[0]]) == [2, 1, 0]
    assert paired(old, [*old, "Uusi"]) == [0, 1, 2, None]
    ids = [{"id": "a", "name": "Yksi"}, {"id": "b", "name": "Kaksi"}]
    assert paired(ids, [{"id": "c", "name": "Kolme"}, ids[0]]) == [None, 0]


def test_two_versions_of_a_step_keep_their_own_comments():
    """The old version goes and the new one changes: what is told of each stays with it."""
    before = (
        "name: Oma\nsteps:\n# Lain 2024 mukaan.\n- id: alku\n  client: Tee.\n"
        "  valid_to: 2025-12-31\n# Kysytty 2026.\n- id: alku\n  client: Tee toisin.\n"
        "  valid_from: 2026-01-01\n"
    )

    def change(data: dict[str, Any]) -> None:
        data["steps"].pop(0)
        data["steps"][0]["client"] = "Tee aivan toisin."

    assert after(change, before) == (
        "name: Oma\nsteps:\n# Kysytty 2026.\n- id: alku\n  client: Tee aivan toisin.\n"
        "  valid_from: 2026-01-01\n"
    )
    days = [{"id": "a", "valid_to": "2025"}, {"id": "a", "valid_from": "2026"}]
    moved = {"id": "a", "valid_from": "2027"}
    assert paired(days[1:], [moved]) == [0], "control: other days alone make no new item"


def test_another_law_or_actor_takes_nobodys_comment():
    """What was told of a law does not tell of another; control: of the same one it does."""
    laws = "name: Oma\nlaws:\n# Koskee vain nuoria.\n- law: a\n  section: 4 §\n"
    other = after(lambda data: data.update(laws=[{"law": "c", "section": "9 §"}]), laws)
    assert other == "name: Oma\nlaws:\n- law: c\n  section: 9 §\n"
    assert "# Koskee" in after(lambda data: data["laws"][0].update(section="9 §"), laws)
    arranged = "name: Oma\narrangers:\n# Kysytty.\n- actor: a\n  sources:\n  - laki\n"
    new = [{"actor": "b", "sources": ["sivu"]}]
    assert "# Kysytty" not in after(lambda data: data.update(arrangers=new), arranged)


def test_the_texts_most_alike_are_paired_first():
    """A new text that comes first does not take the place of the one that it is a little like."""
    old = ["Palvelu on työttömille kuntalaisille.", "Palvelu on työttömille nuorille."]
    new = ["Palvelu on eläkeläisille.", "Palvelu on työttömille kuntalaisille ja muille.", old[1]]
    assert paired(old, new) == [None, 0, 1]
    assert paired(old[:1], new[:1]) == [0], "control: alone they are alike"


def test_another_layout_becomes_the_one_of_fmt():
    """A change in a file that `fmt` would lay out anew is written in its layout."""
    before = "name:    Oma\nsummary: {fi: Saat ohjausta.}\nkeywords: [a, b]  # sanat\n"
    now = after(lambda data: data.update(name="Toinen"), before)
    assert "name: Toinen\nsummary:\n  fi: Saat ohjausta.\nkeywords:" in now
    assert "# sanat" in now


def test_entries_kept_by_their_ids_stay_in_their_order():
    """A row that is moved in a list of ids moves nothing in the file."""
    before = b"b:\n  name: B\n# A on uusi.\na:\n  name: A\n"
    data = {"a": {"name": "Aa"}, "b": {"name": "B"}}
    written = rewritten("catalogue/actors.yml", "actors", data, before)
    assert written == before.replace(b"name: A\n", b"name: Aa\n")


def test_a_list_in_which_nothing_was_gets_its_first():
    """A file of `{}` keeps what stands above."""
    written = rewritten("catalogue/actors.yml", "actors", {"a": {"name": "A"}}, b"# Omat\n{}\n")
    assert written == b"# Omat\na:\n  name: A\n"


def test_a_file_that_would_say_something_else_is_refused(monkeypatch):
    """Control: a slip in the splicing stops the writing."""
    monkeypatch.setattr(splicing, "paired", lambda _, new: [0] * len(new))
    monkeypatch.setattr(splicing, "as_filled", lambda _: None)
    with pytest.raises(PathError, match="jokin teksti voisi muuttua"):
        after(lambda data: data["steps"].pop(0))
