//! Tables: no borders, one line a row, as wide as the terminal at most.

use comfy_table::{Attribute, Cell, CellAlignment, Color, ColumnConstraint, ContentArrangement, Row, Table, presets};

use super::Page;
use crate::model::status::Status;

/// A table in the making.
pub struct Grid {
    /// What is built.
    table: Table,
    /// Whether cells are coloured.
    color: bool,
    /// Whether a row is cut to one line.
    is_cut: bool,
}

impl Grid {
    /// A table with these headings; the column `flexible` gives way when the terminal is narrow.
    pub fn new(page: &Page, headings: &[&str], flexible: usize) -> Self {
        let mut table = Table::new();
        table.load_preset(presets::NOTHING).set_truncation_indicator("…");
        if page.color {
            table.enforce_styling()
        } else {
            table.force_no_tty()
        };
        if let Some(width) = page.width {
            table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
        }
        let heading = |text: &&str| {
            let cell = Cell::new(text);
            if page.color { cell.add_attribute(Attribute::Dim) } else { cell }
        };
        table.set_header(headings.iter().map(heading));
        for (index, column) in table.column_iter_mut().enumerate() {
            column.set_padding((0, 2));
            if index != flexible && page.width.is_some() {
                column.set_constraint(ColumnConstraint::ContentWidth);
            }
        }
        Self { table, color: page.color, is_cut: true }
    }

    /// Moves a column of figures to the right.
    #[must_use]
    pub fn figures(mut self, index: usize) -> Self {
        if let Some(column) = self.table.column_mut(index) {
            column.set_cell_alignment(CellAlignment::Right);
        }
        self
    }

    /// Breaks what is too long into lines instead of cutting it.
    #[must_use]
    pub fn wrapped(mut self) -> Self {
        self.is_cut = false;
        self
    }

    /// Adds a row; line breaks and control characters in texts become spaces.
    pub fn row<I: IntoIterator<Item: Into<Text>>>(&mut self, cells: I) {
        let cells = cells.into_iter().map(|cell| cell.into().into_cell(self.color));
        let mut row = Row::from(cells.collect::<Vec<_>>());
        if self.is_cut {
            row.max_height(1);
        }
        self.table.add_row(row);
    }

    /// The finished text, without spaces at the ends of lines.
    pub fn finish(self) -> String {
        let lines: Vec<_> = self.table.lines().map(|line| line.trim_end().to_owned()).collect();
        lines.join("\n")
    }
}

/// What stands in a cell.
pub enum Text {
    /// Plain text.
    Plain(String),
    /// A status, in its colour.
    Status(Status),
}

impl Text {
    fn into_cell(self, color: bool) -> Cell {
        match self {
            Self::Plain(text) => {
                Cell::new(text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect::<String>())
            }
            Self::Status(status) if color => paint(Cell::new(status), status),
            Self::Status(status) => Cell::new(status),
        }
    }
}

impl<T: Into<String>> From<T> for Text {
    fn from(text: T) -> Self {
        Self::Plain(text.into())
    }
}

impl From<Status> for Text {
    fn from(status: Status) -> Self {
        Self::Status(status)
    }
}

fn paint(cell: Cell, status: Status) -> Cell {
    match status {
        Status::Pending | Status::Paused => cell,
        Status::Claimed | Status::Working => cell.fg(Color::DarkCyan),
        Status::Review => cell.fg(Color::DarkMagenta),
        Status::Done => cell.fg(Color::DarkGreen),
        Status::Failed => cell.fg(Color::DarkRed),
        Status::Blocked | Status::Escalated => cell.fg(Color::DarkYellow),
        Status::Cancelled => cell.add_attribute(Attribute::Dim),
    }
}

#[cfg(test)]
mod tests {
    use super::{super::tests::page, *};

    fn sample(page: &Page) -> String {
        let mut grid = Grid::new(page, &["ID", "STATUS", "TITLE"], 2);
        grid.row([Text::from("t-1"), Status::Pending.into(), "A title\nof two lines that goes on for a while".into()]);
        grid.row([Text::from("t-12"), Status::Done.into(), "短い".into()]);
        grid.finish()
    }

    #[test]
    fn without_a_terminal_nothing_is_cut() {
        insta::assert_snapshot!(sample(&page()), @r"
        ID    STATUS   TITLE
        t-1   pending  A title of two lines that goes on for a while
        t-12  done     短い
        ");
    }

    #[test]
    fn on_a_terminal_only_the_flexible_column_gives_way() {
        let page = Page { width: Some(40), ..page() };
        insta::assert_snapshot!(sample(&page), @r"
        ID    STATUS   TITLE
        t-1   pending  A title of two line…
        t-12  done     短い
        ");
    }

    #[test]
    fn statuses_are_coloured_where_colours_are_seen() {
        let page = Page { color: true, ..page() };
        assert!(sample(&page).contains("\u{1b}[38;5;2mdone"), "{:?}", sample(&page));
    }
}
