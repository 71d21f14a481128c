//! Which mood checks are due, for whom, and for which of them a reminder was shown here.
//!
//! "Due" is computed here from the day asked about, never projected. The projection keeps the days of the rhythm;
//! holidays and absences move them earlier, so a check is due up to `until` if its day in the rhythm is not after
//! what the owner's calendar reaches from there. A check never moves to the day of the one before it, or past it.

use super::log::{read_id, read_optional_id};
use super::read;
use crate::domain::calendar::Calendar;
use crate::domain::kinds::Side;
use crate::error::Result;
use crate::ids::{EngagementId, Id, PersonId};
use chrono::NaiveDate;
use rusqlite::{Connection, Row, named_params};
use std::collections::HashMap;

/// A due check as it stands in the projection.
#[derive(Debug, Clone)]
pub struct DueCheck {
    /// The engagement.
    pub engagement: EngagementId,
    /// Its name.
    pub name: String,
    /// The client company's name.
    pub account: String,
    /// Whose mood.
    pub side: Side,
    /// The day of the rhythm.
    pub rhythm_on: NaiveDate,
    /// The day on which it is due, holidays and absences counted.
    pub due_on: NaiveDate,
    /// The last reading in tenths.
    pub tenths: Option<i64>,
    /// Owner.
    pub owner: Option<PersonId>,
    /// Owner's name.
    pub owner_name: Option<String>,
}

/// Everybody's working days.
#[derive(Debug, Clone, Default)]
pub struct Calendars {
    /// Of the workspace.
    pub shared: Calendar,
    /// Of people who are away at times.
    pub own: HashMap<PersonId, Calendar>,
}

impl Calendars {
    /// Reads the workspace's days and everybody's absences.
    ///
    /// # Errors
    /// SQLite's.
    pub fn load(connection: &Connection) -> Result<Self> {
        let shared = read::calendar(connection)?;
        let mut statement = connection
            .prepare_cached("select id, absences from person where absences is not null")?;
        let rows = statement.query_map([], |row| {
            Ok((
                PersonId(read_id(row, "id")?),
                row.get::<_, String>("absences")?,
            ))
        })?;
        let mut own = HashMap::new();
        for row in rows {
            let (person, lines) = row?;
            let absences: Vec<_> = lines.lines().filter_map(Calendar::read_days).collect();
            if !absences.is_empty() {
                let calendar = Calendar {
                    absences,
                    ..shared.clone()
                };
                own.insert(person, calendar);
            }
        }
        Ok(Self { shared, own })
    }

    /// The days of an engagement's owner.
    #[must_use]
    pub fn of(&self, owner: Option<PersonId>) -> &Calendar {
        owner
            .and_then(|owner| self.own.get(&owner))
            .unwrap_or(&self.shared)
    }

    /// For a query: how far `until` reaches for people with days of their own, and for all others.
    fn reaches(&self, until: NaiveDate) -> Reaches {
        let shared = self.shared.reach(until);
        let own = self
            .own
            .iter()
            .map(|(person, calendar)| (person, calendar.reach(until)));
        let (mut furthest, mut moved_to) = (serde_json::Map::new(), serde_json::Map::new());
        for (person, reach) in own {
            let key: String = person
                .0
                .0
                .iter()
                .map(|byte| format!("{byte:02X}"))
                .collect();
            furthest.insert(key.clone(), reach.furthest.to_string().into());
            moved_to.insert(key, reach.moved_to.to_string().into());
        }
        Reaches {
            until: until.to_string(),
            furthest: shared.furthest.to_string(),
            moved_to: shared.moved_to.to_string(),
            own_furthest: serde_json::Value::Object(furthest).to_string(),
            own_moved_to: serde_json::Value::Object(moved_to).to_string(),
        }
    }
}

/// [`Reach`](crate::domain::calendar::Reach) of everybody as a query takes it: one for all, and JSON by person.
struct Reaches {
    until: String,
    furthest: String,
    moved_to: String,
    own_furthest: String,
    own_moved_to: String,
}

/// Which due checks.
#[derive(Debug, Clone, Copy, Default)]
pub struct DueFilter {
    /// Of this owner.
    pub owner: Option<PersonId>,
    /// Only those that no reminder was shown for on this laptop.
    pub unreminded: bool,
}

fn source(filter: DueFilter) -> String {
    let owner = if filter.owner.is_some() {
        "and owner = :owner"
    } else {
        "and :owner is null"
    };
    let unreminded = |side: &str| {
        if filter.unreminded {
            format!(
                "and not exists (select 1 from reminded where reminded.engagement = engagement.id
                   and reminded.side = '{side}' and reminded.due_on = engagement.{side}_due_on)"
            )
        } else {
            String::new()
        }
    };
    let of = |side: &str| {
        format!(
            "select id, '{side}' as side, {side}_due_on as rhythm_on, {side}_after_on as after_on, {side}_mood as tenths
             from engagement
             where alive = 1 {owner} {} and {side}_due_on <= coalesce(:own_furthest ->> hex(owner), :furthest)
               and ({side}_due_on <= :until or {side}_after_on < coalesce(:own_moved_to ->> hex(owner), :moved_to))",
            unreminded(side)
        )
    };
    format!("{} union all {}", of("client"), of("team"))
}

/// How many checks are due up to `until`.
///
/// # Errors
/// SQLite's.
pub fn count(
    connection: &Connection,
    calendars: &Calendars,
    filter: DueFilter,
    until: NaiveDate,
) -> Result<u32> {
    let reaches = calendars.reaches(until);
    let owner = filter.owner.map(|owner| owner.0.0);
    let mut statement =
        connection.prepare_cached(&format!("select count(*) from ({})", source(filter)))?;
    Ok(statement.query_row(
        named_params! {
            ":owner": owner, ":until": reaches.until, ":furthest": reaches.furthest, ":moved_to": reaches.moved_to,
            ":own_furthest": reaches.own_furthest, ":own_moved_to": reaches.own_moved_to,
        },
        |row| row.get(0),
    )?)
}

/// A window of the checks that are due up to `until`, the oldest first.
///
/// # Errors
/// SQLite's.
pub fn checks(
    connection: &Connection,
    calendars: &Calendars,
    filter: DueFilter,
    until: NaiveDate,
    from: u32,
    most: u32,
) -> Result<Vec<DueCheck>> {
    let reaches = calendars.reaches(until);
    let owner = filter.owner.map(|owner| owner.0.0);
    let mut statement = connection.prepare_cached(&format!(
        "select due.id, engagement.name, account.name as account_name, side, rhythm_on, after_on, tenths, owner,
           person.name as owner_name
         from (select * from ({}) order by rhythm_on, id, side limit :most offset :from) as due
         join engagement on engagement.id = due.id
         left join account on account.id = engagement.account
         left join person on person.id = engagement.owner
         order by rhythm_on, due.id, side",
        source(filter)
    ))?;
    let rows = statement.query_map(
        named_params! {
            ":owner": owner, ":until": reaches.until, ":furthest": reaches.furthest, ":moved_to": reaches.moved_to,
            ":own_furthest": reaches.own_furthest, ":own_moved_to": reaches.own_moved_to,
            ":most": most, ":from": from,
        },
        |row| read_check(row, calendars),
    )?;
    Ok(rows
        .filter_map(rusqlite::Result::transpose)
        .collect::<rusqlite::Result<_>>()?)
}

fn read_check(row: &Row<'_>, calendars: &Calendars) -> rusqlite::Result<Option<DueCheck>> {
    let owner = read_optional_id(row, "owner")?.map(PersonId);
    let side: String = row.get("side")?;
    let date = |column: &str| -> rusqlite::Result<Option<NaiveDate>> {
        let text: Option<String> = row.get(column)?;
        Ok(text.and_then(|text| text.parse().ok()))
    };
    let (Some(side), Some(rhythm_on), Some(after_on)) = (
        Side::from_word(&side),
        date("rhythm_on")?,
        date("after_on")?,
    ) else {
        return Ok(None);
    };
    Ok(Some(DueCheck {
        engagement: EngagementId(read_id(row, "id")?),
        name: row.get::<_, Option<String>>("name")?.unwrap_or_default(),
        account: row
            .get::<_, Option<String>>("account_name")?
            .unwrap_or_default(),
        side,
        rhythm_on,
        due_on: calendars.of(owner).moved_earlier(rhythm_on, after_on),
        tenths: row.get("tenths")?,
        owner,
        owner_name: row.get("owner_name")?,
    }))
}

/// Notes that a reminder of this check was shown on this laptop. Returns whether that is news.
///
/// # Errors
/// SQLite's.
pub fn note_reminded(
    connection: &Connection,
    engagement: Id,
    side: Side,
    rhythm_on: NaiveDate,
) -> Result<bool> {
    let mut statement = connection.prepare_cached(
        "insert or ignore into reminded (engagement, side, due_on) values (:engagement, :side, :due_on)",
    )?;
    let changed = statement.execute(named_params! {
        ":engagement": engagement.0, ":side": side.word(), ":due_on": rhythm_on.to_string(),
    })?;
    Ok(changed > 0)
}
