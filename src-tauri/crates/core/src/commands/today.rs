//! Today: what waits for the acting person, what hurts first, and what they wait for from others.

use super::context::Context;
use crate::domain::Refusal;
use crate::domain::kinds::{Block, TodayKind};
use crate::domain::today::{is_own, settles_every_breach};
use crate::error::Result;
use crate::store::due::Calendars;
use crate::store::read;
use crate::store::today::{self, Asked};
use crate::views::{TodayCount, TodayRow, TodayView};
use schemars::JsonSchema;
use serde::Deserialize;
use ts_rs::TS;

/// Arguments of `today`.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Today {
    /// Only rows of this kind; absent for everything that waits for me.
    #[serde(default)]
    #[ts(optional)]
    pub kind: Option<TodayKind>,
    /// Index of the first row; 0 if absent.
    #[serde(default)]
    #[ts(optional)]
    pub from: Option<u32>,
    /// How many rows, at most 200.
    #[serde(default)]
    #[ts(optional)]
    pub count: Option<u32>,
}

/// Rows of one window at the most.
const LARGEST_WINDOW: u32 = 200;
/// Items that a row names.
const NAMED_ITEMS: usize = 10;

pub(super) fn today(context: &mut Context<'_>, args: Today) -> Result<TodayView> {
    let me = context.person()?.ok_or(Refusal::WhoAreYou)?;
    let calendars = Calendars::load(context.connection)?;
    let asked = Asked {
        is_lead: settles_every_breach(&me),
        me: me.id,
        today: context.environment.clock.today(),
        calendars: &calendars,
        kind: None,
    };
    let counts = today::counts(context.connection, &asked)?;
    let kind = args.kind;
    let count = counts
        .iter()
        .filter(|(of, _)| match kind {
            Some(kind) => *of == kind,
            None => is_own(*of),
        })
        .map(|(_, count)| count)
        .sum();
    let from = args.from.unwrap_or(0);
    let most = args.count.unwrap_or(LARGEST_WINDOW).min(LARGEST_WINDOW);
    let asked = Asked { kind, ..asked };
    let rows = today::rows(context.connection, &asked, from, most)?;
    Ok(TodayView {
        today: asked.today.to_string(),
        counts: counts
            .into_iter()
            .map(|(kind, count)| TodayCount { kind, count })
            .collect(),
        count,
        from,
        rows: rows
            .into_iter()
            .map(|row| row_view(context, &asked, row))
            .collect::<Result<_>>()?,
    })
}

fn row_view(context: &Context<'_>, asked: &Asked<'_>, row: today::Row) -> Result<TodayRow> {
    let (item_ids, person) = match row.kind {
        TodayKind::MoodCheck | TodayKind::Renewal => (Vec::new(), None),
        TodayKind::HandoverToAccept => (Vec::new(), row.owner),
        TodayKind::WaitingForAnswer => (Vec::new(), row.receiver),
        TodayKind::Breach | TodayKind::ReturnedHandover | TodayKind::OpenItems => {
            let engagement = read::engagement(context.connection, row.engagement)?;
            match row.kind {
                TodayKind::ReturnedHandover => {
                    let handover = engagement.handover(engagement.current_leg());
                    let points = engagement
                        .blocks()
                        .into_iter()
                        .find_map(|block| match block {
                            Block::HandoverReturned { points } => Some(points),
                            _ => None,
                        });
                    let by = handover.returned.and_then(|returned| returned.person);
                    (points.unwrap_or_default(), by)
                }
                TodayKind::Breach => {
                    let breaches = &engagement.stages.breaches;
                    let items = breaches.iter().flat_map(|breach| breach.items.clone());
                    let by = breaches.iter().find_map(|breach| breach.by?.0);
                    (items.collect(), by)
                }
                _ => {
                    let gate = engagement.gate();
                    (
                        gate.open.iter().map(|item| item.id.to_owned()).collect(),
                        None,
                    )
                }
            }
        }
    };
    let days = |on: chrono::NaiveDate| i32::try_from((asked.today - on).num_days()).unwrap_or(0);
    let dated = matches!(row.kind, TodayKind::MoodCheck | TodayKind::Renewal);
    Ok(TodayRow {
        kind: row.kind,
        engagement_id: row.engagement.to_string(),
        engagement: row.name,
        account: row.account,
        stage: row.stage,
        side: row.side,
        on: row.on.map(|on| on.to_string()),
        days_late: row.on.filter(|_| dated).map(days),
        person: read::person_name(context.connection, person)?,
        item_count: match row.kind {
            TodayKind::OpenItems => row.open_item_count,
            _ => u32::try_from(item_ids.len()).unwrap_or(u32::MAX),
        },
        item_ids: item_ids.into_iter().take(NAMED_ITEMS).collect(),
    })
}
