//! One row of a deals file: each cell through its column, and the first one that does not read rejects the row.

use super::{DealOptions, DealRow};
use crate::import_file::amount::{Amount, DecimalMark, detect_mark, find_currency, read_amount};
use crate::import_file::date::{DateOrder, detect_order, read_date};
use crate::import_file::stages::{DealOutcome, read_outcome, read_running};
use crate::import_file::table::{Row, Table};
use crate::import_file::{
    Field, FileError, Mapping, Notice, Rejection, RejectionReason, fold, tidy,
};
use chrono::NaiveDate;

/// What is needed to read the rows of one table.
pub(super) struct Reader<'a> {
    table: &'a Table,
    mapping: &'a Mapping,
    options: &'a DealOptions,
    pub(super) order: Option<DateOrder>,
    /// The orders of the other columns of dates, each by itself.
    contract_end_order: DateOrder,
    kick_off_order: DateOrder,
    mark: DecimalMark,
}

impl<'a> Reader<'a> {
    pub(super) fn new(
        table: &'a Table,
        mapping: &'a Mapping,
        options: &'a DealOptions,
    ) -> Result<Self, FileError> {
        let column_of = |field| mapping.column(field).unwrap_or(usize::MAX);
        let dates = column_of(Field::SignedOn);
        let order = match options.date_order {
            Some(order) => Some(order),
            None => {
                let header = table
                    .headers()
                    .get(dates)
                    .map(String::as_str)
                    .unwrap_or_default();
                let cells: Vec<_> = table.rows().map(|row| row.date_cell(dates)).collect();
                detect_order(header, cells.iter().map(AsRef::as_ref))?
            }
        };
        // Where a column does not tell, it is written as the others.
        let order_of = |field| {
            let usual = order.unwrap_or(DateOrder::Ymd);
            let (None, Some(column)) = (options.date_order, mapping.column(field)) else {
                return usual;
            };
            let cells: Vec<_> = table.rows().map(|row| row.date_cell(column)).collect();
            match detect_order("", cells.iter().map(AsRef::as_ref)) {
                Ok(Some(own)) => own,
                Ok(None) | Err(_) => usual,
            }
        };
        let values = column_of(Field::Value);
        let mark = detect_mark(table.rows().map(|row| row.cell(values)));
        Ok(Self {
            table,
            mapping,
            options,
            order,
            contract_end_order: order_of(Field::ContractEndOn),
            kick_off_order: order_of(Field::KickOffOn),
            mark,
        })
    }

    fn cell(&self, row: Row<'a>, field: Field) -> &'a str {
        self.mapping
            .column(field)
            .map(|column| row.cell(column))
            .unwrap_or_default()
    }

    pub(super) fn outcome(&self, row: Row<'a>) -> DealOutcome {
        let stage = self.cell(row, Field::Stage);
        if self.options.take_over {
            // What runs was won; a column of running stages alone says nothing else.
            if read_running(stage).is_some() || self.mapping.column(Field::Stage).is_none() {
                return DealOutcome::Won;
            }
        }
        let folded = fold(stage);
        if self.mapping.won().contains(&folded) {
            DealOutcome::Won
        } else if self.mapping.lost().contains(&folded) {
            DealOutcome::Lost
        } else if self.mapping.won().is_empty() {
            read_outcome(stage)
        } else {
            // The mapping file says what is won; nothing else is.
            match read_outcome(stage) {
                DealOutcome::Lost => DealOutcome::Lost,
                DealOutcome::Won | DealOutcome::Open => DealOutcome::Open,
            }
        }
    }

    /// Counts an amount of a row that was read as thousands.
    pub(super) fn count_thousands(&self, notice: &mut Option<Notice>, row: Row<'a>) {
        if let Some(column) = self.mapping.column(Field::Value) {
            let header = self.table.headers().get(column);
            let header = header.map(String::as_str).unwrap_or_default();
            Notice::count_thousands(notice, header, row.cell(column));
        }
    }

    pub(super) fn reject(&self, row: Row<'a>, field: Field, reason: RejectionReason) -> Rejection {
        let column = self
            .mapping
            .column(field)
            .and_then(|column| self.table.headers().get(column));
        let column = column.map(String::as_str).unwrap_or_default();
        let cell = self.mapping.column(field);
        let cell = cell.map(|column| row.cell_as_it_stands(column));
        Rejection::of_cell(row.line(), reason, column, cell.unwrap_or_default())
    }

    fn read_text(&self, row: Row<'a>, field: Field) -> Result<Option<String>, Rejection> {
        let text = tidy(self.cell(row, field));
        let text = text.ok_or_else(|| self.reject(row, field, RejectionReason::TextTooLong))?;
        Ok(Some(text).filter(|text| !text.is_empty()))
    }

    fn read_signed_on(&self, row: Row<'a>) -> Result<NaiveDate, Rejection> {
        let order = self.order.unwrap_or(DateOrder::Ymd);
        self.read_day(row, Field::SignedOn, order)?
            .ok_or_else(|| self.reject(row, Field::SignedOn, RejectionReason::DateMissing))
    }

    fn read_day(
        &self,
        row: Row<'a>,
        field: Field,
        order: DateOrder,
    ) -> Result<Option<NaiveDate>, Rejection> {
        let Some(column) = self.mapping.column(field) else {
            return Ok(None);
        };
        let cell = row.date_cell(column);
        if cell.is_empty() {
            return Ok(None);
        }
        let day = read_date(&cell, order);
        day.map(Some)
            .ok_or_else(|| self.reject(row, field, RejectionReason::DateUnreadable))
    }

    /// The kind of the stage at which the row's engagement runs, if it is taken over.
    fn read_running_stage(&self, row: Row<'a>) -> Result<Option<&'static str>, Rejection> {
        if !self.options.take_over {
            return Ok(None);
        }
        let cell = self.cell(row, Field::RunningStage);
        if cell.is_empty() {
            return Ok(read_running(self.cell(row, Field::Stage)));
        }
        read_running(cell)
            .map(Some)
            .ok_or_else(|| self.reject(row, Field::RunningStage, RejectionReason::StageUnknown))
    }

    /// The value, named if the file names its currency.
    fn read_value(&self, row: Row<'a>) -> Result<Amount, (Field, RejectionReason)> {
        let column = self.cell(row, Field::Currency);
        let stated = match (self.options.currency, column) {
            (Some(_), _) | (None, "") => None,
            (None, code) => Some(
                find_currency(code).ok_or((Field::Currency, RejectionReason::CurrencyUnknown))?,
            ),
        };
        let expected = stated.unwrap_or_else(|| self.options.unmarked_currency());
        let amount = read_amount(self.cell(row, Field::Value), self.mark, expected)
            .map_err(|reason| (Field::Value, reason))?;
        let fixed = stated.is_some() || self.options.currency.is_some();
        if fixed && amount.currency != expected {
            return Err((Field::Value, RejectionReason::CurrencyDiffers));
        }
        if amount.minor < 0 {
            return Err((Field::Value, RejectionReason::AmountNegative));
        }
        Ok(Amount {
            named: stated.is_some() || amount.named,
            ..amount
        })
    }

    /// The deal of a row, and its value as it was read.
    pub(super) fn read(&self, row: Row<'a>) -> Result<(DealRow, Amount), Rejection> {
        let account = self
            .read_text(row, Field::Account)?
            .ok_or_else(|| self.reject(row, Field::Account, RejectionReason::AccountMissing))?;
        let signed_on = self.read_signed_on(row)?;
        let kick_off_on = match self.options.take_over {
            true => self.read_day(row, Field::KickOffOn, self.kick_off_order)?,
            false => None,
        };
        let amount = self
            .read_value(row)
            .map_err(|(field, reason)| self.reject(row, field, reason))?;
        let deal = DealRow {
            line: row.line(),
            external_id: self.read_text(row, Field::ExternalId)?,
            account,
            product: self.read_text(row, Field::Product)?,
            owner: self.read_text(row, Field::Owner)?,
            name: self.read_text(row, Field::Name)?,
            signed_on,
            value_minor: amount.minor,
            currency: amount.currency.code(),
            twin: 0,
            contract_end_on: self.read_day(row, Field::ContractEndOn, self.contract_end_order)?,
            running_stage: self.read_running_stage(row)?,
            kick_off_on,
        };
        Ok((deal, amount))
    }
}
