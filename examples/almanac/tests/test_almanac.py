"""Unit tests of the figures and of the reviewer's own way to them. No daemon is needed: python3 -m unittest discover."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HERE / "agents"))

import ingest  # noqa: E402
import reviewer  # noqa: E402
import series  # noqa: E402

FILES = {"air": "air-passengers.csv", "nile": "nile-flow.json", "sunspots": "sunspots.txt"}
EVERYTHING = {"unit", "duplicate", "conflict"}


def raw(name: str) -> list[tuple]:
    return series.parse(name, (HERE / "input" / FILES[name]).read_text())


class Series(unittest.TestCase):
    """The raw files, and the known facts about them."""

    def test_the_raw_air_file_has_its_three_defects(self):
        points = raw("air")
        self.assertEqual(len(points), 146)
        self.assertEqual(series.years_in_persons(points), ["1958"])
        self.assertEqual(series.repeated(points), {"1952-03": [193, 139], "1957-05": [355, 355]})

    def test_corrected_air_traffic_has_the_published_total(self):
        points, notes = series.correct(raw("air"), EVERYTHING)
        self.assertEqual((len(points), sum(value for _, value in points)), (144, 40363))
        self.assertEqual(len(notes), 3)

    def test_only_agreed_corrections_are_made(self):
        points, notes = series.correct(raw("air"), {"duplicate"})
        self.assertEqual((len(points), len(notes)), (145, 1))

    def test_the_nile_falls_after_1898(self):
        figures = series.nile_figures(raw("nile"))
        self.assertEqual(figures["mean"], 919.35)
        self.assertEqual(figures["break"], {"last_year_before": "1898", "mean_before": 1097.75, "mean_after": 849.97})

    def test_sunspot_cycles_last_eleven_years(self):
        figures = series.sunspot_figures(raw("sunspots"))
        self.assertEqual((len(figures["cycles"]), figures["mean_length"]), (24, 11.04))
        self.assertEqual(figures["strongest"], {"year": 1957, "number": 190.2})

    def test_the_common_form_keeps_every_row(self):
        for name in FILES:
            points = raw(name)
            again = series.from_csv(series.to_csv(name, points))
            self.assertEqual([point[:2] for point in again], [(label, float(value)) for label, value, *_ in points])


class Reviewer(unittest.TestCase):
    """The reviewer reaches the same numbers by another way."""

    def setUp(self):
        self.root = tempfile.TemporaryDirectory()
        self.addCleanup(self.root.cleanup)
        project = Path(self.root.name, "projects", "almanac")
        project.mkdir(parents=True)
        shutil.copytree(HERE / "input", project / "input")
        os.environ.update(MOZIPLUS_ROOT=self.root.name, MOZIPLUS_PROJECT="almanac")

    def test_both_ways_agree_on_every_number(self):
        points, _ = series.correct(raw("air"), EVERYTHING)
        given = [
            (reviewer.judge_air, series.air_figures(points), 0.91),
            (reviewer.judge_nile, series.nile_figures(raw("nile")), 1.0),
            (reviewer.judge_sunspots, series.sunspot_figures(raw("sunspots")), 0.59),
        ]
        for judge, figures, expected in given:
            right, wrong, trusted = judge(figures)
            self.assertEqual(wrong, [])
            self.assertGreater(right, 10)
            self.assertAlmostEqual(trusted, expected, places=2)

    def test_a_wrong_number_is_found(self):
        figures = series.nile_figures(raw("nile"))
        figures["break"]["mean_after"] = 850.97
        _, wrong, _ = reviewer.judge_nile(figures)
        self.assertEqual(len(wrong), 1)

    def test_findings_on_the_raw_rows(self):
        rows = [(month, float(value)) for month, value in raw("air")]
        codes = [text.partition("]")[0][1:] for _, text in reviewer.unit_findings(rows) + reviewer.repeated_findings(rows)]
        self.assertEqual(codes, ["unit", "conflict", "duplicate"])
        self.assertEqual([month for month, _ in reviewer.outliers([r for r in rows if r[1] < 5000])], ["1960-07", "1960-08"])
        self.assertTrue(reviewer.explained_by_season(reviewer.air_months()))


class Rebuttal(unittest.TestCase):
    """The author accepts what is right, and defends what is not."""

    def test_one_stance_for_each_finding(self):
        stances = {code: ingest.answer(code, raw("air"))[0] for code in ("unit", "duplicate", "conflict", "outlier", "x")}
        expected = {"unit": "ACCEPT", "duplicate": "ACCEPT", "conflict": "PARTIAL", "outlier": "REJECT", "x": "REJECT"}
        self.assertEqual(stances, expected)


if __name__ == "__main__":
    unittest.main()
