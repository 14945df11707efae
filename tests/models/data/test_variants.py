"""One file as sixty programs and people may write it: read right, or refused in plain words."""

import gzip

import pytest

from netfin import data

MONEY = "lending_club_grade_money_2007_2011"
HEAD = "grade,loans,charged_off,average_rate,funded,principal_lost,net_return"
A, B = "A,100,10,7.33,500000,20000,9.5", "B,200,30,11.25,800000,60000,8"
PLAIN = f"{HEAD}\n{A}\n{B}\n"
DAYS = "completejourney_daily_demand_5cat_2017"
DAY_HEAD = "date,product_category,units,sales_usd,households"
DAY = "2017-01-31,BAKED BREAD/BUNS/ROLLS,108,155.7,63"
MONTHS = "us_treasury_cm_monthly_1953_1999"
MONTH = "month,tcm1y,tcm3y,tcm5y,tcm10y\n1953-04,2.36,2.51,2.62,2.83\n"
QUARTERS = "denmark_money_bond_deposit_rates_1974_1987"
QUARTER = "period,lrm,lry,lpy,ibo,ide\n1974Q1,11.63,5.9,-0.61,0.15,0.094\n"


def swapped(text):
    """Put the second column first."""
    lines = [line.split(",") for line in text.splitlines()]
    return "".join(",".join([row[1], row[0], *row[2:]]) + "\n" for row in lines)


READ = {
    "as we write it": PLAIN.encode(),
    "with a byte-order mark": PLAIN.encode("utf-8-sig"),
    "lines of Windows": PLAIN.replace("\n", "\r\n").encode(),
    "lines of an old Macintosh": PLAIN.replace("\n", "\r").encode(),
    "no last end of line": PLAIN.strip().encode(),
    "blank lines at the end": (PLAIN + "\n\n").encode(),
    "a blank line between": PLAIN.replace("\nB", "\n\nB").encode(),
    "a blank line above": ("\n" + PLAIN).encode(),
    "every cell quoted": "".join(
        ",".join(f'"{cell}"' for cell in line.split(",")) + "\n" for line in PLAIN.splitlines()
    ).encode(),
    "columns in another order": swapped(PLAIN).encode(),
    "whole numbers with a point": PLAIN.replace(",100,10,", ",100.0,10.0,").encode(),
    "an exponent": PLAIN.replace("500000", "5e5").encode(),
    "fifteen digits": PLAIN.replace(",100,", ",999999999999999,").encode(),
    "spaces before numbers": PLAIN.replace(",7.33", ", 7.33").encode(),
}


@pytest.mark.parametrize("content", READ.values(), ids=READ.keys())
def test_a_variant_is_read_right(tmp_path, content):
    (tmp_path / "mine.csv").write_bytes(content)
    table = data.load(MONEY, path=tmp_path / "mine.csv")

    assert list(table.columns) == HEAD.split(",")
    assert list(table.index) == [0, 1]
    assert table["grade"].tolist() == ["A", "B"]
    assert table["loans"].tolist()[1] == 200
    assert table["average_rate"].tolist() == [7.33, 11.25]
    assert table["funded"].tolist() == [500000.0, 800000.0]
    assert str(table["loans"].dtype) == "int64"


@pytest.mark.parametrize("name", ["mine.csv.gz", "mine.csv"])
def test_only_a_name_in_gz_is_unpacked(tmp_path, name):
    (tmp_path / name).write_bytes(gzip.compress(PLAIN.encode()))

    if name.endswith(".gz"):
        assert len(data.load(MONEY, path=tmp_path / name)) == 2
    else:
        with pytest.raises(data.DataError, match=r"mine\.csv cannot be read as a table"):
            data.load(MONEY, path=tmp_path / name)


def cell(old, new, said):
    """Change one cell of the second row; the refusal shows it with that row."""
    return PLAIN.replace(f",{old},", f",{new},", 1).encode(), rf"has “{said or new}” in row 2"


UNREADABLE = "cannot be read as a table of comma-separated UTF-8 text"
REFUSED = {
    "UTF-16": (PLAIN.encode("utf-16"), UNREADABLE),
    "Latin letters in no UTF-8": (PLAIN.replace("A,", "Ä,", 1).encode("latin-1"), UNREADABLE),
    "a spreadsheet renamed": (b"PK\x03\x04\x14\x00\x06\x00\x08\x00\xe2\x9c", UNREADABLE),
    "characters of no text": (PLAIN.replace("A,", "\0,", 1).encode(), UNREADABLE),
    "nothing": (b"", UNREADABLE),
    "blank lines only": (b"\n\n\n", UNREADABLE),
    "a quotation mark never closed": (PLAIN.replace("B,", '"B,').encode(), UNREADABLE),
    "semicolons": (PLAIN.replace(",", ";").encode(), "separates its columns by semicolons"),
    "semicolons and decimal commas": (
        PLAIN.replace(",", ";").replace(".", ",").encode(),
        "separates its columns by semicolons",
    ),
    "sep=;": (("sep=;\n" + PLAIN.replace(",", ";")).encode(), "separates its columns by semico"),
    "sep=,": (("sep=,\n" + PLAIN).encode(), "it has unknown “sep=”"),
    "tabs": (PLAIN.replace(",", "\t").encode(), "separates its columns by tabs"),
    "names in other letters": (PLAIN.replace("loans", "Loans").encode(), "is it “Loans”"),
    "names with spaces": (PLAIN.replace(",loans", ", loans").encode(), "unknown “ loans”"),
    "a column twice": (
        "".join(f"{line},{line.split(',')[1]}\n" for line in PLAIN.splitlines()).encode(),
        "has the column “loans” twice",
    ),
    "an index before": (
        "".join(f"{n},{line}\n" for n, line in enumerate(PLAIN.splitlines())).encode(),
        "it has unknown “0”",
    ),
    "a column more": (
        PLAIN.replace("return\n", "return,mood\n").encode(), "it has unknown “mood”"
    ),
    "a column less": (
        "".join(line.rpartition(",")[0] + "\n" for line in PLAIN.splitlines()).encode(),
        "it lacks “net_return”",
    ),
    "no names": (f"{A}\n{B}\n".encode(), "it lacks “grade”"),
    "names only": (f"{HEAD}\n".encode(), "has column names but no rows"),
    "a row too long": (PLAIN.replace("9.5\n", "9.5,1\n").encode(), "row 2 has more cells than"),
    "a row too short": (PLAIN.replace(",9.5\n", "\n").encode(), "“net_return” .*“” in row 2"),
    "a row of empty cells": (PLAIN.encode() + b",,,,,,\n", "“grade” .*“” in row 4"),
    "a sum below": (PLAIN.encode() + b"Total,300,40,9,1300000,80000,9\n", "“Total” in row 4"),
    "a key twice": (PLAIN.replace("\nB", "\nA").encode(), "two rows with the same grade: A"),
    "a small letter": (PLAIN.replace("A,", "a,").encode(), "“grade” .*“a” in row 2"),
    "a space after": (PLAIN.replace("A,", "A ,").encode(), "“grade” .*“A ” in row 2"),
    "after two blank lines": (PLAIN.replace("\nB", "\n\n\nH").encode(), "“H” in row 5"),
    "after a name of two lines": (PLAIN.replace("A,", '"A\nA",').encode(), "” in row 2"),
    "a decimal comma": cell("7.33", '"7,33"', "7,33"),
    "thousands": cell("500000", '"500,000"', "500,000"),
    "thousands with spaces": cell("500000", "500 000", None),
    "a sign of per cent": cell("7.33", "7.33%", None),
    "a sign of money": cell("500000", "$500000", r"\$500000"),
    "NA": cell("7.33", "NA", None),
    "n/a": cell("7.33", "n/a", None),
    "a dash": cell("7.33", "-", None),
    "a fault of a spreadsheet": cell("7.33", "#DIV/0!", None),
    "an infinite amount": cell("500000", "1e999", None),
    "a date in a number's place": cell("100", "2017-01-31", None),
    "a half": cell("100", "100.5", None),
    "a minus": cell("100", "-100", None),
    "sixteen digits": cell("100", "1000000000000000", None),
    "1e20": cell("100", "1e20", None),
    "one above the largest of 64 bits": cell("100", "9223372036854775808", None),
    "one above what floats tell apart": cell("100", "9007199254740993", None),
    "a word": cell("100", "many", None),
    "a truth": cell("100", "True", None),
}  # fmt: skip


@pytest.mark.parametrize(("content", "said"), REFUSED.values(), ids=REFUSED.keys())
def test_a_variant_is_refused_with_what_is_wrong(tmp_path, content, said):
    (tmp_path / "mine.csv").write_bytes(content)

    with pytest.raises(data.DataError, match=said) as refusal:
        data.load(MONEY, path=tmp_path / "mine.csv")
    assert "mine.csv" in str(refusal.value)
    assert "\n\n" not in str(refusal.value)


@pytest.mark.parametrize(
    ("name", "text", "good", "bad"),
    [
        *((DAYS, f"{DAY_HEAD}\n{DAY}\n", "2017-01-31", bad) for bad in (
            "1/2/2017", "31/01/2017", "2017-02-30", "30 Feb", "42736", "20170101", "2017-1-31",
            "someday", "2017-01-31 00:00", "2017-W05-2", "",
        )),
        *((MONTHS, MONTH, "1953-04", bad) for bad in ("Apr-53", "1953-13", "1953-4", "1953")),
        *((QUARTERS, QUARTER, "1974Q1", bad) for bad in ("1974Q5", "Q1 1974", "1974-1", "1974")),
    ],
)  # fmt: skip
def test_a_date_is_of_the_calendar_and_written_from_the_year_down(tmp_path, name, text, good, bad):
    mine = tmp_path / "mine.csv"
    mine.write_text(text, encoding="utf-8")
    assert data.load(name, path=mine).iloc[0, 0] == good

    mine.write_text(text.replace(good, f'"{bad}"'), encoding="utf-8")
    with pytest.raises(data.DataError, match=rf"such as [0-9Q-]+, but has “{bad}” in row 2"):
        data.load(name, path=mine)


def test_a_file_that_may_not_be_read_is_told(tmp_path, monkeypatch):
    class Locked(type(tmp_path)):
        def read_bytes(self):
            raise PermissionError(13, "Permission denied")

    (tmp_path / "mine.csv").write_text(PLAIN)
    monkeypatch.setattr(data, "Path", Locked)
    with pytest.raises(data.DataError, match=r"mine\.csv cannot be opened \(Permission denied\)"):
        data.load(MONEY, path=str(tmp_path / "mine.csv"))


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(data.DataError, match="is missing from the folder"):
        data.load(MONEY, path=tmp_path)


def test_a_table_that_is_changed_stays_as_it_is_for_the_next(tmp_path):
    mine = tmp_path / "mine.csv"
    mine.write_text(PLAIN)
    table = data.load(MONEY, path=mine)
    table.loc[0, "loans"] = 7
    assert data.load(MONEY, path=mine)["loans"].tolist() == [100, 200]

    mine.write_text(PLAIN.replace(",100,", ",101,"))
    assert data.load(MONEY, path=mine)["loans"].tolist() == [101, 200]


def test_the_catalogue_that_is_changed_stays_as_it_is_for_the_next():
    data.catalogue().clear()
    assert MONEY in data.catalogue()
