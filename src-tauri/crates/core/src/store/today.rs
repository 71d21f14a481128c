//! What waits for a person, over all engagements, in the order of what hurts first.

use super::due::Calendars;
use super::log::{read_id, read_optional_id};
use crate::domain::kinds::{Side, TodayKind};
use crate::domain::today::{hurts, is_own, renewals_until};
use crate::error::Result;
use crate::ids::{EngagementId, PersonId};
use chrono::NaiveDate;
use rusqlite::Connection;
use std::sync::OnceLock;

/// A row as it stands in the projection.
#[derive(Debug, Clone)]
pub struct Row {
    /// Why it is here.
    pub kind: TodayKind,
    /// The engagement.
    pub engagement: EngagementId,
    /// Its name.
    pub name: String,
    /// The client company's name.
    pub account: String,
    /// Claimed stage.
    pub stage: String,
    /// Whose mood.
    pub side: Option<Side>,
    /// The date that counts.
    pub on: Option<NaiveDate>,
    /// Whose answer a handover waits for.
    pub receiver: Option<PersonId>,
    /// Who owns it.
    pub owner: Option<PersonId>,
    /// Open items.
    pub open_item_count: u32,
}

/// For whom, and when.
#[derive(Debug, Clone)]
pub struct Asked<'a> {
    /// The person.
    pub me: PersonId,
    /// Breaches of everybody are a lead's to settle.
    pub is_lead: bool,
    /// The day.
    pub today: NaiveDate,
    /// Everybody's working days.
    pub calendars: &'a Calendars,
    /// Only this kind.
    pub kind: Option<TodayKind>,
}

fn number(kind: TodayKind) -> i64 {
    TodayKind::ALL
        .iter()
        .position(|other| *other == kind)
        .and_then(|place| i64::try_from(place).ok())
        .unwrap_or(0)
}

/// Every row as (kind, hurt, date, side, id), with the numbers of kinds and the order of what hurts put in.
fn source() -> &'static str {
    static SOURCE: OnceLock<String> = OnceLock::new();
    SOURCE.get_or_init(|| {
        let mut sql = include_str!("today.sql").to_owned();
        for kind in TodayKind::ALL {
            for (name, is_late) in [("late_hurts", true), ("hurts", false)] {
                let name = format!(":{}_{name}", kind.word());
                sql = sql.replace(&name, &hurts(*kind, is_late).to_string());
            }
            let name = format!(":{} ", kind.word());
            sql = sql.replace(&name, &format!("{} ", number(*kind)));
        }
        sql
    })
}

/// The numbers of the kinds that are the person's own to do, for a query.
fn own_kinds() -> String {
    let own = TodayKind::ALL.iter().filter(|kind| is_own(**kind));
    let numbers: Vec<String> = own.map(|kind| number(*kind).to_string()).collect();
    numbers.join(", ")
}

/// How many rows of each kind, in order.
///
/// # Errors
/// SQLite's.
pub fn counts(connection: &Connection, asked: &Asked<'_>) -> Result<Vec<(TodayKind, u32)>> {
    let mut statement = connection.prepare_cached(&format!(
        "{} select kind, count(*) as count from row where :kind is null or kind = :kind group by kind order by kind",
        source()
    ))?;
    let rows = bind(&mut statement, asked, 0, 0)?.mapped(|row| {
        let place: usize = row.get("kind")?;
        Ok((
            TodayKind::ALL
                .get(place)
                .copied()
                .unwrap_or(TodayKind::OpenItems),
            row.get("count")?,
        ))
    });
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// A window of rows, what hurts first.
///
/// # Errors
/// SQLite's.
pub fn rows(connection: &Connection, asked: &Asked<'_>, from: u32, most: u32) -> Result<Vec<Row>> {
    if most == 0 {
        return Ok(Vec::new());
    }
    let mut statement = connection.prepare_cached(&format!(
        "{}, picked as (
           select * from row where (:kind is null and kind in ({})) or kind = :kind
           order by hurt, \"on\", id, side limit :most offset :from)
         select picked.kind, picked.\"on\", picked.side, picked.id, engagement.name, account.name as account_name,
           stage, receiver, owner, open_item_count,
           case picked.side when 'client' then client_after_on else team_after_on end as after_on
         from picked join engagement on engagement.id = picked.id
         left join account on account.id = engagement.account
         order by hurt, picked.\"on\", picked.id, picked.side",
        source(),
        own_kinds()
    ))?;
    let rows = bind(&mut statement, asked, from, most)?.mapped(|row| {
        let place: usize = row.get("kind")?;
        let kind = TodayKind::ALL
            .get(place)
            .copied()
            .unwrap_or(TodayKind::OpenItems);
        let side: Option<String> = row.get("side")?;
        let on: Option<String> = row.get("on")?;
        let owner = read_optional_id(row, "owner")?.map(PersonId);
        let date = |text: Option<String>| text.and_then(|text| text.parse::<NaiveDate>().ok());
        let (on, after_on) = (date(on), date(row.get("after_on")?));
        Ok(Row {
            kind,
            engagement: EngagementId(read_id(row, "id")?),
            name: row.get::<_, Option<String>>("name")?.unwrap_or_default(),
            account: row
                .get::<_, Option<String>>("account_name")?
                .unwrap_or_default(),
            stage: row.get("stage")?,
            side: side.as_deref().and_then(Side::from_word),
            on: match (kind, on, after_on) {
                (TodayKind::MoodCheck, Some(on), Some(after_on)) => {
                    Some(asked.calendars.of(owner).moved_earlier(on, after_on))
                }
                _ => on,
            },
            receiver: read_optional_id(row, "receiver")?.map(PersonId),
            owner,
            open_item_count: row.get("open_item_count")?,
        })
    });
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn bind<'a>(
    statement: &'a mut rusqlite::CachedStatement<'_>,
    asked: &Asked<'_>,
    from: u32,
    most: u32,
) -> Result<rusqlite::Rows<'a>> {
    let calendar = asked.calendars.of(Some(asked.me));
    let reach = calendar.reach(asked.today);
    let late = calendar.reach(asked.today.pred_opt().unwrap_or(asked.today));
    // The counts have no window; SQLite refuses names that a statement lacks.
    let mut parameters: Vec<(&str, Box<dyn rusqlite::ToSql>)> = vec![
        (":me", Box::new(asked.me.0.0)),
        (":lead", Box::new(asked.is_lead)),
        (":reach", Box::new(reach.furthest.to_string())),
        (":moved_to", Box::new(reach.moved_to.to_string())),
        (":late", Box::new(late.furthest.to_string())),
        (":late_moved_to", Box::new(late.moved_to.to_string())),
        (":yesterday", Box::new(late.until.to_string())),
        (":today", Box::new(asked.today.to_string())),
        (":soon", Box::new(renewals_until(asked.today).to_string())),
        (":kind", Box::new(asked.kind.map(number))),
    ];
    if most > 0 {
        parameters.push((":from", Box::new(from)));
        parameters.push((":most", Box::new(most)));
    }
    let named: Vec<(&str, &dyn rusqlite::ToSql)> = parameters
        .iter()
        .map(|(name, value)| (*name, value.as_ref()))
        .collect();
    Ok(statement.query(named.as_slice())?)
}
