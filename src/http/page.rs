//! Lists: `{items, next_cursor}` for what can grow without end, `{items}` for a task's records.

use poem_openapi::{Object, types};

use super::{problem::Problem, schema::Nullable};
use crate::model::words::UnknownWord;

/// Items of a page when the caller does not say.
const DEFAULT_LIMIT: u16 = 50;

/// What can be an item of a list: a type of the document. (`types::Type` itself stays out of scope here, because its
/// `is_empty` would win over that of texts.)
pub trait Shown: types::Type + types::ParseFromJSON + types::ToJSON {}

impl<T: types::Type + types::ParseFromJSON + types::ToJSON> Shown for T {}

/// A page of a list
#[derive(Debug, Clone, Object)]
pub struct Page<T: Shown> {
    /// The items.
    pub items: Vec<T>,
    /// Give it as `cursor` to go on; null at the end.
    pub next_cursor: Nullable<String>,
}

/// A whole list
#[derive(Debug, Clone, Object)]
pub struct Items<T: Shown> {
    /// The items.
    pub items: Vec<T>,
}

impl<T: Shown> Items<T> {
    /// The views of these objects.
    pub fn of(models: Vec<impl Into<T>>) -> Self {
        Self { items: models.into_iter().map(Into::into).collect() }
    }
}

/// Which part of a list is wanted.
pub struct Paging {
    /// At most so many.
    pub limit: usize,
    /// Where to go on.
    pub cursor: Option<String>,
}

impl Paging {
    /// From the parameters `limit` and `cursor`.
    pub fn new(limit: Option<u16>, cursor: Option<String>) -> Self {
        Self { limit: usize::from(limit.unwrap_or(DEFAULT_LIMIT)), cursor }
    }

    /// The cursor as a number, for lists that go on below or above an id.
    pub fn number(&self) -> Result<Option<i64>, Problem> {
        let parse = |text: &String| text.parse().map_err(|_| bad_cursor());
        self.cursor.as_ref().map(parse).transpose()
    }

    /// How many to ask for: one more than wanted, which tells whether there are more.
    pub fn probe(&self) -> i64 {
        i64::try_from(self.limit).map_or(i64::MAX, |limit| limit + 1)
    }

    /// The page, of one item more than wanted where there are more.
    pub fn page<M, T>(&self, mut models: Vec<M>, key: impl Fn(&M) -> String) -> Page<T>
    where
        T: Shown + From<M>,
    {
        let has_more = models.len() > self.limit;
        models.truncate(self.limit);
        let next = models.last().filter(|_| has_more).map(key);
        Page { items: models.into_iter().map(Into::into).collect(), next_cursor: Nullable(next) }
    }

    /// The page of a list that is whole in memory: what follows the item with the cursor's key.
    pub fn window<M, T>(&self, models: Vec<M>, key: impl Fn(&M) -> String) -> Result<Page<T>, Problem>
    where
        T: Shown + From<M>,
    {
        let start = match &self.cursor {
            None => 0,
            Some(cursor) => 1 + models.iter().position(|m| key(m) == *cursor).ok_or_else(bad_cursor)?,
        };
        let rest = models.into_iter().skip(start).take(self.limit.saturating_add(1)).collect();
        Ok(self.page(rest, key))
    }
}

/// A cursor that is not one of this list's.
pub fn bad_cursor() -> Problem {
    Problem::invalid("cursor", "this is no cursor of this list", "take next_cursor of the page before, or leave it out")
}

/// The words of a comma list, such as `status=pending,working`.
pub fn words<T>(field: &str, list: Option<&str>) -> Result<Vec<T>, Problem>
where
    T: std::str::FromStr<Err = UnknownWord>,
{
    let names = list.into_iter().flat_map(|list| list.split(',')).map(str::trim).filter(|name| !name.is_empty());
    let parse = |name: &str| {
        name.parse().map_err(|error: UnknownWord| {
            Problem::invalid(field, error.to_string(), "use a comma list of valid_values")
                .valid_values(error.allowed.iter().copied())
        })
    };
    names.map(parse).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::status::Status;

    fn page(limit: u16, cursor: Option<&str>) -> Page<String> {
        let letters = ["a", "b", "c"].map(String::from).to_vec();
        Paging::new(Some(limit), cursor.map(String::from)).window(letters, String::clone).unwrap()
    }

    #[test]
    fn pages_follow_each_other_to_the_end() {
        let first = page(2, None);
        assert_eq!((first.items, first.next_cursor.0.as_deref()), (vec!["a".into(), "b".into()], Some("b")));
        let last = page(2, Some("b"));
        assert_eq!((last.items, last.next_cursor.0), (vec!["c".to_owned()], None));
        assert_eq!(page(3, None).next_cursor.0, None);
        assert!(Paging::new(None, Some("z".into())).window::<String, String>(vec![], String::clone).is_err());
    }

    #[test]
    fn comma_lists_tell_what_is_allowed() {
        assert_eq!(words::<Status>("status", Some("pending, done,")).unwrap(), [Status::Pending, Status::Done]);
        let problem = words::<Status>("status", Some("open")).unwrap_err();
        assert_eq!((problem.field.as_deref(), problem.valid_values.map(|v| v.len())), (Some("status"), Some(10)));
    }
}
