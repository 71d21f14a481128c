//! Client companies from a table.
//!
//! Owns which columns of an accounts export are read. Revenue, employees and the like are left out.

use super::deals::broken_rows;
use super::mapping::find_column;
use super::table::Table;
use super::{FileError, Rejection, RejectionReason, tidy};
use std::collections::HashSet;

/// A client company.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountRow {
    /// Line in the file where the row starts; the first line is 1.
    pub line: u32,
    /// Its name.
    pub name: String,
    /// What it does, as typed.
    pub sector: Option<String>,
    /// Where it sits, as typed.
    pub country: Option<String>,
    /// The company that it belongs to.
    pub subsidiary_of: Option<String>,
}

/// The accounts of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountsFile {
    /// The accounts, in file order.
    pub rows: Vec<AccountRow>,
    /// Rows that could not be read, in file order.
    pub rejections: Vec<Rejection>,
}

/// Reads the accounts of a table.
///
/// # Errors
/// [`FileError::ColumnsMissing`] if no column names the account.
pub fn read_accounts(table: &Table) -> Result<AccountsFile, FileError> {
    let headers = table.headers();
    let name_column = find_column(
        headers,
        &[
            "account",
            "account_name",
            "company",
            "company_name",
            "client",
            "customer",
            "organization",
            "name",
            "klient",
            "firma",
            "клиент",
            "компания",
            "asiakas",
            "yritys",
        ],
    )
    .ok_or_else(|| FileError::ColumnsMissing {
        missing: vec!["account".to_owned()],
        found: headers.to_vec(),
    })?;
    let sector = find_column(headers, &["sector", "industry", "branch"]);
    let country = find_column(
        headers,
        &["country", "office_location", "location", "billing_country"],
    );
    let parent = find_column(
        headers,
        &[
            "subsidiary_of",
            "parent_account",
            "parent_company",
            "parent",
        ],
    );

    let mut file = AccountsFile {
        rows: Vec::new(),
        rejections: broken_rows(table),
    };
    let mut seen = HashSet::new();
    for row in table.rows() {
        let header = |column: usize| headers.get(column).map(String::as_str).unwrap_or_default();
        let reject = |reason, column| {
            Rejection::of_cell(
                row.line(),
                reason,
                header(column),
                row.cell_as_it_stands(column),
            )
        };
        let text = |column: Option<usize>| -> Result<Option<String>, Rejection> {
            let Some(column) = column else {
                return Ok(None);
            };
            let text = tidy(row.cell(column))
                .ok_or_else(|| reject(RejectionReason::TextTooLong, column))?;
            Ok(Some(text).filter(|text| !text.is_empty()))
        };
        let read = || -> Result<AccountRow, Rejection> {
            let name = text(Some(name_column))?
                .ok_or_else(|| reject(RejectionReason::AccountMissing, name_column))?;
            let subsidiary_of = text(parent)?;
            if let (Some(parent), Some(above)) = (parent, &subsidiary_of)
                && above.to_lowercase() == name.to_lowercase()
            {
                return Err(reject(RejectionReason::ParentIsItself, parent));
            }
            Ok(AccountRow {
                line: row.line(),
                name,
                sector: text(sector)?,
                country: text(country)?,
                subsidiary_of,
            })
        };
        match read() {
            // `A-B` and `AB` are two companies; names that differ in capitals only are one.
            Ok(account) if !seen.insert(account.name.to_lowercase()) => {
                file.rejections
                    .push(reject(RejectionReason::Repeated, name_column));
            }
            Ok(account) => file.rows.push(account),
            Err(rejection) => file.rejections.push(rejection),
        }
    }
    file.rejections.sort_by_key(|rejection| rejection.line);
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accounts_come_with_sector_country_and_parent() {
        let text = "account,sector,year_established,revenue,office_location,subsidiary_of\r\n\
                    Northwind,retail,1996,1100.04,United States,\r\nFabrikam,,,,,Northwind\r\n\
                    ,retail,,,,\r\nNORTHWIND,,,,,\r\nNorth-Wind,,,,,\r\n";
        let file = read_accounts(&Table::read(text.as_bytes()).unwrap()).unwrap();
        let account = |line,
                       name: &str,
                       sector: Option<&str>,
                       country: Option<&str>,
                       parent: Option<&str>| AccountRow {
            line,
            name: name.to_owned(),
            sector: sector.map(str::to_owned),
            country: country.map(str::to_owned),
            subsidiary_of: parent.map(str::to_owned),
        };
        assert_eq!(
            file.rows,
            [
                account(2, "Northwind", Some("retail"), Some("United States"), None),
                account(3, "Fabrikam", None, None, Some("Northwind")),
                account(6, "North-Wind", None, None, None),
            ]
        );
        let reasons: Vec<_> = file
            .rejections
            .iter()
            .map(|rejection| (rejection.line, rejection.reason))
            .collect();
        assert_eq!(
            reasons,
            [
                (4, RejectionReason::AccountMissing),
                (5, RejectionReason::Repeated)
            ]
        );
    }

    #[test]
    fn a_company_that_belongs_to_itself_is_rejected_and_one_of_no_visible_letter_is_none() {
        let text =
            "account,subsidiary_of\nNorthwind,NORTHWIND\n\u{200b},\nFabrikam,\u{feff}\u{200b}\n";
        let file = read_accounts(&Table::read(text.as_bytes()).unwrap()).unwrap();
        let reasons: Vec<_> = file
            .rejections
            .iter()
            .map(|rejection| (rejection.line, rejection.reason))
            .collect();
        assert_eq!(
            reasons,
            [
                (2, RejectionReason::ParentIsItself),
                (3, RejectionReason::AccountMissing)
            ]
        );
        assert_eq!(file.rows[0].subsidiary_of, None);
    }

    #[test]
    fn a_file_without_an_account_column_is_refused() {
        let table = Table::read(b"sector,country\nretail,US\n").unwrap();
        assert!(matches!(
            read_accounts(&table),
            Err(FileError::ColumnsMissing { .. })
        ));
    }
}
