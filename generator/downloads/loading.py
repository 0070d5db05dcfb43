"""Lines that load the files in other programs, as the data page shows them."""

from collections.abc import Mapping


def loading(address: str, name: str) -> Mapping[str, str]:
    """A line by the program that runs it; `address` is that of the data folder, `name` what the
    files of all tables are called. Ids stay text: a program that guesses takes their zeros."""
    return {
        "pandas": f'pd.read_csv("{address}votes.csv", dtype=str, keep_default_na=False)',
        "pandas (JSON)": (
            f'pd.read_json("{address}votes.json", dtype=False, convert_dates=False, '
            "precise_float=True)"
        ),
        "DuckDB": f"select * from read_csv('{address}votes.csv', all_varchar = true)",
        "R": f'readr::read_csv("{address}votes.csv", col_types = readr::cols(.default = "c"))',
        "Datasette": f"datasette {name}.sqlite",
    }
