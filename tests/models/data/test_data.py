"""The data sets are what the catalogue says, and anything else is refused in plain words."""

import hashlib
import shutil
import tomllib

import numpy as np
import pandas as pd
import pytest

from netfin import data

OUTCOMES = "lending_club_grade_outcomes_2007_2015"
MONEY = "lending_club_grade_money_2007_2011"


def refused(said):
    """Expect a refusal in these words."""
    return pytest.raises(data.DataError, match=said)


@pytest.fixture
def folder(tmp_path):
    """A copy of the data folder that a test may damage."""
    return shutil.copytree(data.DATA, tmp_path / "data")


def rewrite(folder, old, new, *, name=MONEY):
    """Change the text of a data set in a folder, and its checksum with it."""
    path = folder / f"{name}.csv"
    before = path.read_text(encoding="utf-8")
    assert old in before
    path.write_text(before.replace(old, new, 1), encoding="utf-8")
    trust(folder, name)


def trust(folder, name=MONEY):
    """Enter the present checksum of a file in the catalogue, as its editor would."""
    catalogue = folder / "catalogue.toml"
    text = catalogue.read_text(encoding="utf-8")
    now = hashlib.sha256((folder / f"{name}.csv").read_bytes()).hexdigest()
    entry = tomllib.loads(text)[name]["sha256"]
    catalogue.write_text(text.replace(entry, now), encoding="utf-8")


@pytest.mark.parametrize("name", data.catalogue())
def test_every_data_set_loads_as_the_catalogue_describes(name):
    described = data.catalogue()[name]
    table = data.load(name)

    assert list(table.columns) == [column.name for column in described.columns]
    assert len(table) == described.rows
    for column in described.columns:
        if column.type in ("whole", "number"):
            kind = np.int64 if column.type == "whole" else np.float64
            assert table[column.name].dtype == kind


WRITTEN_BY_US = {"facts.csv", "glossary.csv", "notation.csv"}  # no data sets: the book's own lists


def test_every_table_in_the_folder_is_in_the_catalogue():
    tables = {path.name for path in data.DATA.iterdir() if ".csv" in path.name}

    assert tables - WRITTEN_BY_US == {described.file for described in data.catalogue().values()}


def test_every_entry_says_what_it_is_and_whence():
    for name, described in data.catalogue().items():
        assert described.name == name
        assert described.title
        assert described.source
        assert described.origin
        assert described.licence
        assert described.licence_note
        assert described.retrieved == str(pd.Timestamp(described.retrieved).date())
        assert all(column.description and column.unit for column in described.columns)
        assert set(described.key) <= {column.name for column in described.columns}


def test_outcomes_add_up_to_the_loans():
    table = data.load(OUTCOMES)
    outcomes = table[["current", "late", "charged_off", "repaid"]].sum(axis=1)

    assert (outcomes == table["loans"]).all()
    assert table["loans"].sum() == 887_382


def test_money_adds_up_to_the_published_totals():
    table = data.load(MONEY)

    assert table["loans"].sum() == 38_577
    assert table["charged_off"].sum() == 5_627
    assert table["principal_lost"].sum() == pytest.approx(40_049_086, abs=7)
    earned = (table["net_return"] * table["funded"]).sum() / table["funded"].sum()
    assert earned == pytest.approx(10.04, abs=0.005)


def test_the_two_files_speak_of_the_same_loans():
    counted = data.load(OUTCOMES).query("vintage == '2007-2011'").set_index("grade")
    followed = data.load(MONEY).set_index("grade")

    assert (followed["charged_off"] <= counted["charged_off"]).all()
    assert (followed["loans"] <= counted["loans"]).all()
    share = followed["charged_off"] / followed["loans"]
    finished = counted["charged_off"] / (counted["charged_off"] + counted["repaid"])
    assert (share - finished).abs().max() < 0.03


def test_an_unknown_name_is_answered_with_the_nearest():
    with refused(r"no data set by the name “lending_club_grade_mony.*is it “lend"):
        data.load("lending_club_grade_mony_2007_2011")


def test_a_name_like_no_other_is_answered_with_the_list():
    with refused(rf"no data set by the name “xyz”\. There are: {OUTCOMES}, {MONEY}"):
        data.load("xyz")


def test_a_missing_catalogue_is_told(tmp_path):
    with refused(r"catalogue\.toml is missing from the folder"):
        data.load(MONEY, folder=tmp_path)


def test_a_missing_file_is_told(folder):
    (folder / f"{MONEY}.csv").unlink()

    with refused(rf"{MONEY}\.csv is missing from the folder “data”"):
        data.load(MONEY, folder=folder)


def test_a_changed_file_is_refused(folder):
    path = folder / f"{MONEY}.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("7.33", "7.34"), encoding="utf-8")

    with refused("was changed or damaged: its checksum begins"):
        data.load(MONEY, folder=folder)


def test_a_renamed_column_is_named_with_its_new_name(folder):
    rewrite(folder, "average_rate", "avg_rate")

    with pytest.raises(
        data.DataError,
        match=r"lacks “average_rate” \(is it “avg_rate”\?\); it has unknown “avg_rate”",
    ):
        data.load(MONEY, folder=folder)


def test_a_missing_column_is_named(folder):
    path = folder / f"{MONEY}.csv"
    pd.read_csv(path).drop(columns="funded").to_csv(path, index=False)
    trust(folder)

    with refused(r"it lacks “funded”\. Expected are: grade, loans,"):
        data.load(MONEY, folder=folder)


def test_an_extra_column_is_named(folder):
    path = folder / f"{MONEY}.csv"
    pd.read_csv(path).assign(mood=1).to_csv(path, index=False)
    trust(folder)

    with refused(r"than expected: it has unknown “mood”\."):
        data.load(MONEY, folder=folder)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "7.33",
            "7.33%",
            r"“average_rate” .* from 0\.01 to 100, but has “7\.33%” in row 2",
        ),
        ("7.33", "733", r"“average_rate” .* a number from 0\.01 to 100, but has “733” in row 2"),
        ("7.33", "nan", r"“average_rate” .* has “nan” in row 2"),
        ("7.33", "", r"“average_rate” .* has “” in row 2"),
        ("84331450", "inf", r"“funded” .* a number of 1 or more, but has “inf” in row 2"),
        (
            "602",
            "602.5",
            r"a whole number of 0 or more with at most 15 digits, but has “602\.5” in row 2",
        ),
        ("602", "-1", r"“charged_off” .* a whole number of 0 or more .*, but has “-1” in row 2"),
        ("\nB,", "\nH,", r"“grade” .* one of A, B, C, D, E, F, G, but has “H” in row 3"),
        ("13.92", "", r"“net_return” .* has “” in row 8"),
        (",13.92", "", r"“net_return” .* has “” in row 8"),
    ],
)
def test_a_cell_that_does_not_fit_is_shown_with_its_row(folder, old, new, said):
    rewrite(folder, old, new)

    with refused(said):
        data.load(MONEY, folder=folder)


def test_of_many_bad_cells_three_are_shown_and_the_rest_counted(folder):
    path = folder / f"{MONEY}.csv"
    pd.read_csv(path).assign(funded=-1).to_csv(path, index=False)
    trust(folder)

    with refused(r"in row 2, “-1” in row 3, “-1” in row 4 and 4 more\.$"):
        data.load(MONEY, folder=folder)


def test_three_bad_cells_are_all_shown(folder):
    path = folder / f"{MONEY}.csv"
    table = pd.read_csv(path)
    table.loc[:2, "funded"] = -1
    table.to_csv(path, index=False)
    trust(folder)

    with refused(r"“-1(\.0)?” in row 4\.$"):
        data.load(MONEY, folder=folder)


def test_lost_rows_are_counted(folder):
    path = folder / f"{MONEY}.csv"
    pd.read_csv(path).head(6).to_csv(path, index=False)
    trust(folder)

    with refused("has 6 rows; the catalogue has 7"):
        data.load(MONEY, folder=folder)


def test_a_repeated_key_is_shown(folder):
    rewrite(folder, "\nB,", "\nA,")

    with refused("two rows with the same grade: A"):
        data.load(MONEY, folder=folder)


def test_a_repeated_key_of_two_columns_is_shown(folder):
    rewrite(folder, "2007-2011,B", "2007-2011,A", name=OUTCOMES)

    with refused("two rows with the same vintage and grade: 2007-2011, A"):
        data.load(OUTCOMES, folder=folder)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "cannot be read as a table of comma-separated UTF-8 text"),
        (b"\xff\xfe\x00grade", "cannot be read as a table of comma-separated UTF-8 text"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path, content, said):
    mine = tmp_path / "mine.csv"
    mine.write_bytes(content)

    with refused(rf"^The data file mine\.csv {said}"):
        data.load(MONEY, path=mine)


HEADER = "grade,loans,charged_off,average_rate,funded,principal_lost,net_return\n"


def test_own_numbers_are_welcome_in_any_order_and_number_of_rows(tmp_path):
    mine = tmp_path / "mine.csv"
    mine.write_text(
        "loans,grade,charged_off,average_rate,funded,principal_lost,net_return\n"
        "100,C,10,24,500000,20000,9.5\n",
        encoding="utf-8-sig",  # as spreadsheets write it
    )
    table = data.load(MONEY, path=str(mine))

    assert table.columns[0] == "grade"
    assert table.iloc[0].tolist() == ["C", 100, 10, 24.0, 500000.0, 20000.0, 9.5]


def test_own_numbers_are_checked_like_the_books(tmp_path):
    mine = tmp_path / "mine.csv"
    mine.write_text(HEADER + "A,100,10,2400,500000,20000,9.5\n", encoding="utf-8")

    with refused(r"“average_rate” .* of the data file mine\.csv .* “2400”"):
        data.load(MONEY, path=mine)


def test_own_numbers_need_rows(tmp_path):
    mine = tmp_path / "mine.csv"
    mine.write_text(HEADER, encoding="utf-8")

    with refused("has column names but no rows"):
        data.load(MONEY, path=mine)


def test_a_missing_file_of_ones_own_is_told(tmp_path):
    with refused(r"mine\.csv is missing from the folder .* if the file is"):
        data.load(MONEY, path=tmp_path / "mine.csv")


@pytest.mark.parametrize(
    ("column", "allowed"),
    [
        (data.Column("x", "", "", "text"), "some text"),
        (data.Column("x", "", "", "number"), "a number"),
        (data.Column("x", "", "", "whole"), "a whole number with at most 15 digits"),
    ],
)
def test_a_column_without_limits_refuses_only_what_is_not_of_its_type(tmp_path, column, allowed):
    folder = tmp_path
    limits = f'name = "x"\ndescription = "d"\nunit = "u"\ntype = "{column.type}"\n'
    (folder / "catalogue.toml").write_text(
        '[s]\nfile = "s.csv"\ntitle = ""\nsource = ""\norigin = ""\nlicence = ""\n'
        'licence_note = ""\nretrieved = 2026-01-01\nsha256 = ""\nrows = 2\nkey = ["x"]\n'
        f'notes = ""\n[[s.columns]]\n{limits}',
        encoding="utf-8",
    )
    mine = folder / "s.csv"
    mine.write_text("x\n-5\n12\n", encoding="utf-8")
    assert len(data.load("s", path=mine, folder=folder)) == 2

    mine.write_text('x\n-5\n""\n', encoding="utf-8")
    with refused(rf"must hold {allowed}, but has “” in row 3"):
        data.load("s", path=mine, folder=folder)


PACKED = "taiwan_card_late_2005"


def test_a_packed_file_is_read_and_its_people_need_no_key():
    table = data.load(PACKED)

    assert data.catalogue()[PACKED].key == ()
    assert len(table) == 30_000
    assert table.duplicated().any()


@pytest.mark.parametrize("content", [b"late,age\n1,30\n", b"\x1f\x8b\x08\x00", b""])
def test_a_file_that_only_says_it_is_packed_is_refused(tmp_path, content):
    path = tmp_path / "mine.csv.gz"
    path.write_bytes(content)

    with refused("mine.csv.gz cannot be read as a table"):
        data.load(PACKED, path=path)
