//! Won deals from a table.
//!
//! Owns which rows of a CRM export are won, open or lost, and what a won row must have. It leaves out keys,
//! comparison with earlier imports, and what an engagement is made of.

mod reader;

use super::amount::find_currency;
use super::date::DateOrder;
use super::stages::DealOutcome;
use super::table::Table;
use super::{Field, FileError, Mapping, Notice, Rejection, RejectionReason, fold};
use chrono::NaiveDate;
use iso_currency::Currency;
use reader::Reader;
use std::collections::{HashMap, HashSet};

/// How a deals file is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DealOptions {
    /// The order of day and month; found from the column if absent.
    pub date_order: Option<DateOrder>,
    /// The currency of every amount, whatever a currency column says.
    currency: Option<Currency>,
    /// The currency of amounts that name none.
    usual_currency: Currency,
    /// Running engagements are taken over at the stage that the file says.
    pub take_over: bool,
}

impl DealOptions {
    /// Options for a workspace that counts in `usual_currency` (ISO 4217); `None` if that is no code.
    pub fn in_currency(usual_currency: &str) -> Option<Self> {
        Some(Self {
            date_order: None,
            currency: None,
            usual_currency: find_currency(usual_currency)?,
            take_over: false,
        })
    }

    /// The same with one currency (ISO 4217) for every amount; `None` if that is no code.
    pub fn all_in(self, currency: &str) -> Option<Self> {
        Some(Self {
            currency: Some(find_currency(currency)?),
            ..self
        })
    }

    pub(super) fn unmarked_currency(self) -> Currency {
        self.currency.unwrap_or(self.usual_currency)
    }
}

/// A won deal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DealRow {
    /// Line in the file where the row starts; the first line is 1.
    pub line: u32,
    /// The id in the system that exported it.
    pub external_id: Option<String>,
    /// The client company.
    pub account: String,
    /// What was sold, as typed.
    pub product: Option<String>,
    /// Who sold it.
    pub owner: Option<String>,
    /// The deal's own name.
    pub name: Option<String>,
    /// When it was signed.
    pub signed_on: NaiveDate,
    /// Its value in minor units of `currency`, never negative.
    pub value_minor: i64,
    /// ISO 4217 code.
    pub currency: &'static str,
    /// How many earlier rows of the file say the same account, product, date and value without an id. Together
    /// with these it tells twins apart.
    pub twin: u32,
    /// When its contract ends.
    pub contract_end_on: Option<NaiveDate>,
    /// Kind of the stage at which it runs, if it is to be taken over there.
    pub running_stage: Option<&'static str>,
    /// When its kick-off was held, if it is to be taken over.
    pub kick_off_on: Option<NaiveDate>,
}

/// The deals of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DealsFile {
    /// The won ones, in file order.
    pub rows: Vec<DealRow>,
    /// Open ones, left out on purpose.
    pub open_count: u32,
    /// Lost ones, left out on purpose.
    pub lost_count: u32,
    /// The lines of both, in file order.
    pub left_out: Vec<(u32, DealOutcome)>,
    /// Rows that could not be read, in file order.
    pub rejections: Vec<Rejection>,
    /// What was assumed.
    pub notices: Vec<Notice>,
    /// The system that the external ids come from.
    pub source: String,
}

/// Reads the deals of a table.
///
/// # Errors
/// [`FileError::DateOrderAmbiguous`] if no order was given and the dates do not tell.
pub fn read_deals(
    table: &Table,
    mapping: &Mapping,
    options: &DealOptions,
) -> Result<DealsFile, FileError> {
    let reader = Reader::new(table, mapping, options)?;
    let mut file = DealsFile {
        rows: Vec::new(),
        open_count: 0,
        lost_count: 0,
        left_out: Vec::new(),
        rejections: broken_rows(table),
        notices: table.notices().to_vec(),
        source: mapping.source().to_owned(),
    };
    let mut seen_ids = HashSet::new();
    let mut twins: HashMap<(String, Option<String>, NaiveDate, i64, &str), u32> = HashMap::new();
    let mut assumed_currency = false;
    let mut assumed_thousands = None;
    for row in table.rows() {
        match reader.outcome(row) {
            DealOutcome::Open => {
                file.open_count += 1;
                file.left_out.push((row.line(), DealOutcome::Open));
            }
            DealOutcome::Lost => {
                file.lost_count += 1;
                file.left_out.push((row.line(), DealOutcome::Lost));
            }
            DealOutcome::Won => match reader.read(row) {
                Err(rejection) => file.rejections.push(rejection),
                Ok((deal, _))
                    if deal
                        .external_id
                        .as_ref()
                        .is_some_and(|id| !seen_ids.insert(id.clone())) =>
                {
                    let rejection =
                        reader.reject(row, Field::ExternalId, RejectionReason::Repeated);
                    file.rejections.push(rejection);
                }
                Ok((mut deal, value)) => {
                    if deal.external_id.is_none() {
                        let key = (
                            fold(&deal.account),
                            deal.product.as_deref().map(fold),
                            deal.signed_on,
                            deal.value_minor,
                            deal.currency,
                        );
                        let count = twins.entry(key).or_insert(0);
                        deal.twin = *count;
                        *count += 1;
                    }
                    assumed_currency |= !value.named;
                    if value.thousands_assumed {
                        reader.count_thousands(&mut assumed_thousands, row);
                    }
                    file.rows.push(deal);
                }
            },
        }
    }
    file.rejections.sort_by_key(|rejection| rejection.line);
    if let (None, Some(order)) = (options.date_order, reader.order) {
        file.notices.push(Notice::DateOrderAssumed(order));
    }
    if assumed_currency && options.currency.is_none() {
        file.notices
            .push(Notice::CurrencyAssumed(options.usual_currency.code()));
    }
    file.notices.extend(assumed_thousands);
    Ok(file)
}

/// Rejections for the rows that the table itself could not read.
pub(super) fn broken_rows(table: &Table) -> Vec<Rejection> {
    table
        .problems()
        .iter()
        .map(|problem| Rejection::of_row(problem.line, problem.reason))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const HEADER: &str = "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value\n";

    fn read(text: &str) -> DealsFile {
        read_with(text, DealOptions::in_currency("USD").unwrap()).unwrap()
    }

    fn read_with(text: &str, options: DealOptions) -> Result<DealsFile, FileError> {
        let table = Table::read(text.as_bytes()).unwrap();
        let mapping = Mapping::of_deals(table.headers(), options.take_over).unwrap();
        read_deals(&table, &mapping, &options)
    }

    fn reasons(file: &DealsFile) -> Vec<(u32, RejectionReason)> {
        file.rejections
            .iter()
            .map(|rejection| (rejection.line, rejection.reason))
            .collect()
    }

    #[test]
    fn only_won_deals_are_taken_and_the_others_are_counted() {
        let file = read(&format!(
            "{HEADER}A1,Ann Lee,GTX Pro,Northwind,Won,2017-01-02,2017-03-01,1054\n\
             A2,Ann Lee,GTX Pro,,Engaging,2017-01-02,,\n\
             A3,Bo Ek,GTXPro,Northwind,Lost,2017-01-02,2017-03-02,0\n\
             A4,Bo Ek,,Fabrikam,Prospecting,,,\n"
        ));
        assert_eq!(
            (file.rows.len(), file.open_count, file.lost_count),
            (1, 2, 1)
        );
        assert_eq!(file.rejections, []);
        assert_eq!(
            file.rows[0],
            DealRow {
                line: 2,
                external_id: Some("A1".to_owned()),
                account: "Northwind".to_owned(),
                product: Some("GTX Pro".to_owned()),
                owner: Some("Ann Lee".to_owned()),
                name: None,
                signed_on: NaiveDate::from_ymd_opt(2017, 3, 1).unwrap(),
                value_minor: 105_400,
                currency: "USD",
                twin: 0,
                contract_end_on: None,
                running_stage: None,
                kick_off_on: None,
            }
        );
        assert_eq!(
            file.notices,
            [
                Notice::DateOrderAssumed(DateOrder::Ymd),
                Notice::CurrencyAssumed("USD")
            ]
        );
    }

    #[test]
    fn a_bad_row_is_rejected_with_line_column_and_cell_and_the_others_are_read() {
        let file = read(&format!(
            "{HEADER}A1,,,Northwind,Won,,2017-02-29,10\n\
             A2,,,Northwind,Won,,,10\n\
             A3,,,,Won,,2017-03-01,10\n\
             A4,,,Northwind,Won,,2017-03-01,ten\n\
             A5,,,Northwind,Won,,2017-03-01,\n\
             A6,,,Northwind,Won,,2017-03-01,-10\n\
             A7,,,Northwind,Won,,2017-03-01,10\n\
             A7,,,Northwind,Won,,2017-03-01,11\n\
             A8,,Northwind,Won\n\
             A9,,,Northwind,Won,,2017-03-01,99999999999999999999\n\
             AA,,,{},Won,,2017-03-01,10\n",
            "x".repeat(501)
        ));
        assert_eq!(file.rows.len(), 1);
        assert_eq!(
            reasons(&file),
            [
                (2, RejectionReason::DateUnreadable),
                (3, RejectionReason::DateMissing),
                (4, RejectionReason::AccountMissing),
                (5, RejectionReason::AmountUnreadable),
                (6, RejectionReason::AmountMissing),
                (7, RejectionReason::AmountNegative),
                (9, RejectionReason::Repeated),
                (10, RejectionReason::FieldCount),
                (11, RejectionReason::AmountTooLarge),
                (12, RejectionReason::TextTooLong),
            ]
        );
        let first = &file.rejections[0];
        assert_eq!(
            (first.column.as_deref(), first.value.as_deref()),
            (Some("close_date"), Some("2017-02-29"))
        );
        assert_eq!(file.rejections[1].value, None);
    }

    #[test]
    fn a_mapping_file_says_what_is_won() {
        let table = Table::read(
            "account;stage;signed;value\nA;Gewonnen;1.3.2017;5\nB;won;13.3.2017;5\n".as_bytes(),
        )
        .unwrap();
        let won = json!({"won": ["gewonnen"]});
        let mapping = Mapping::from_json(table.headers(), &won, false).unwrap();
        let file = read_deals(&table, &mapping, &DealOptions::in_currency("EUR").unwrap()).unwrap();
        assert_eq!(file.rows.len(), 1);
        assert_eq!(file.rows[0].account, "A");
        assert_eq!(file.open_count, 1);
    }

    #[test]
    fn a_date_order_is_found_given_or_refused() {
        let text = "account,stage,signed_on,value\nA,Won,1/3/2017,5\nB,Lost,2/3/2017,\n";
        let options = DealOptions::in_currency("USD").unwrap();
        let refused = read_with(text, options).unwrap_err();
        assert!(
            matches!(refused, FileError::DateOrderAmbiguous { .. }),
            "{refused:?}"
        );
        for (order, month) in [(DateOrder::Dmy, 3), (DateOrder::Mdy, 1)] {
            let file = read_with(
                text,
                DealOptions {
                    date_order: Some(order),
                    ..options
                },
            )
            .unwrap();
            assert_eq!(chrono::Datelike::month(&file.rows[0].signed_on), month);
            assert_eq!(file.notices, [Notice::CurrencyAssumed("USD")]);
        }
        // A lost deal tells the order as well as a won one.
        let file = read_with(&text.replace("2/3/2017", "2/13/2017"), options).unwrap();
        assert_eq!(file.notices[0], Notice::DateOrderAssumed(DateOrder::Mdy));
    }

    #[test]
    fn the_currency_is_the_one_asked_for_else_the_columns_else_the_usual_one() {
        let text = "account,stage,signed_on,value,currency\n\
                    A,Won,2017-03-01,\"1.000,50\",pln\nB,Won,2017-03-01,\"2,50 €\",\nC,Won,2017-03-01,\"3,50\",\n\
                    D,Won,2017-03-01,\"4,50 €\",PLN\nE,Won,2017-03-01,\"5,50\",XYZ\n";
        let options = DealOptions::in_currency("USD").unwrap();
        let amounts = |file: &DealsFile| -> Vec<(i64, &'static str)> {
            file.rows
                .iter()
                .map(|row| (row.value_minor, row.currency))
                .collect()
        };
        let file = read_with(text, options).unwrap();
        assert_eq!(
            amounts(&file),
            [(100_050, "PLN"), (250, "EUR"), (350, "USD")]
        );
        assert_eq!(
            reasons(&file),
            [
                (5, RejectionReason::CurrencyDiffers),
                (6, RejectionReason::CurrencyUnknown)
            ]
        );
        assert!(file.notices.contains(&Notice::CurrencyAssumed("USD")));

        let file = read_with(text, options.all_in("EUR").unwrap()).unwrap();
        assert_eq!(
            amounts(&file),
            [
                (100_050, "EUR"),
                (250, "EUR"),
                (350, "EUR"),
                (450, "EUR"),
                (550, "EUR")
            ]
        );
        assert!(
            !file
                .notices
                .iter()
                .any(|notice| matches!(notice, Notice::CurrencyAssumed(_)))
        );
        assert_eq!(options.all_in("EURO"), None);
    }

    #[test]
    fn twins_without_an_id_are_told_apart_by_their_number() {
        let file = read(
            "account,product,stage,signed_on,value\nA,P,Won,2017-03-01,5\nA,P,Won,2017-03-01,5\nA,P,Won,2017-03-01,6\n",
        );
        assert_eq!(
            file.rows.iter().map(|row| row.twin).collect::<Vec<_>>(),
            [0, 1, 0]
        );
    }

    #[test]
    fn running_engagements_are_taken_over_only_when_asked() {
        let text = "account,stage,signed_on,value,kick-off date,contract end\n\
                    A,In progress,2017-03-01,5,2017-03-09,2018-03-01\nB,Won,2017-03-01,5,,\nC,Prospecting,2017-03-01,5,,\n";
        let options = DealOptions::in_currency("USD").unwrap();
        let file = read_with(text, options).unwrap();
        assert_eq!((file.rows.len(), file.open_count), (1, 2));
        let file = read_with(
            text,
            DealOptions {
                take_over: true,
                ..options
            },
        )
        .unwrap();
        let stages: Vec<_> = file.rows.iter().map(|row| row.running_stage).collect();
        assert_eq!(stages, [Some("execution"), None]);
        assert_eq!(
            file.rows[0].kick_off_on,
            NaiveDate::from_ymd_opt(2017, 3, 9)
        );
        assert_eq!(
            file.rows[0].contract_end_on,
            NaiveDate::from_ymd_opt(2018, 3, 1)
        );
        let text = text.replace("account,stage", "account,project stage");
        let file = read_with(
            &text,
            DealOptions {
                take_over: true,
                ..options
            },
        )
        .unwrap();
        assert_eq!(
            reasons(&file),
            [
                (3, RejectionReason::StageUnknown),
                (4, RejectionReason::StageUnknown)
            ]
        );
    }
}
