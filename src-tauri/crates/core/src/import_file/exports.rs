//! What the deal exports of well-known systems look like.
//!
//! Owns the names of their columns and by which of them a file is recognised. It leaves out columns that people
//! added there, which are found by their usual names or by a mapping.

use super::{Field, fold};

/// The export of one system.
#[derive(Debug)]
pub struct Export {
    /// The system; also the source of its ids.
    pub code: &'static str,
    /// Columns that no other export has together; any of the sets is enough.
    signs: &'static [&'static [&'static str]],
    /// Names of the column of a field, the surest first.
    columns: &'static [(Field, &'static [&'static str])],
}

impl Export {
    /// The column of a field, among folded headers.
    pub(super) fn column(&self, field: Field, folded: &[String]) -> Option<usize> {
        let (_, names) = self.columns.iter().find(|(known, _)| *known == field)?;
        names.iter().find_map(|name| position(folded, name))
    }
}

fn position(folded: &[String], name: &str) -> Option<usize> {
    let name = fold(name);
    folded.iter().position(|header| *header == name)
}

/// The system that a file with these headers comes from, if it is one of the known ones.
pub fn recognise(headers: &[String]) -> Option<&'static Export> {
    let folded: Vec<String> = headers.iter().map(|header| fold(header)).collect();
    EXPORTS.iter().find(|export| {
        export
            .signs
            .iter()
            .any(|sign| sign.iter().all(|name| position(&folded, name).is_some()))
    })
}

const EXPORTS: &[Export] = &[
    Export {
        code: "hubspot",
        signs: &[
            &["Record ID", "Deal Name", "Deal Stage"],
            &["Deal ID", "Deal Name", "Deal Stage", "Pipeline"],
            &["hs_object_id", "dealname", "dealstage"],
        ],
        columns: &[
            (Field::ExternalId, &["Record ID", "Deal ID", "hs_object_id"]),
            (
                Field::Account,
                &[
                    "Associated Company",
                    "Associated Company (Primary)",
                    "Primary Associated Company",
                    "Associated Companies",
                    "Company name",
                ],
            ),
            (Field::Owner, &["Deal owner", "hubspot_owner_id"]),
            (Field::Stage, &["Deal Stage", "dealstage"]),
            (Field::SignedOn, &["Close Date", "closedate"]),
            (Field::Value, &["Amount", "Amount in company currency"]),
            (Field::Currency, &["Currency", "deal_currency_code"]),
            (Field::Name, &["Deal Name", "dealname"]),
        ],
    },
    Export {
        code: "pipedrive",
        signs: &[
            &["Deal - Title", "Deal - Status"],
            &["Deal - ID", "Deal - Status"],
        ],
        columns: &[
            (Field::ExternalId, &["Deal - ID"]),
            (
                Field::Account,
                &[
                    "Deal - Organization",
                    "Organization - Name",
                    "Deal - Contact person",
                ],
            ),
            (Field::Product, &["Deal - Product name", "Product - Name"]),
            (Field::Owner, &["Deal - Owner"]),
            (Field::Stage, &["Deal - Status"]),
            (Field::RunningStage, &["Deal - Stage"]),
            (
                Field::SignedOn,
                &[
                    "Deal - Won time",
                    "Deal - Deal closed on",
                    "Deal - Closed on",
                ],
            ),
            (Field::Value, &["Deal - Value"]),
            (
                Field::Currency,
                &["Deal - Currency of Value", "Deal - Currency"],
            ),
            (Field::Name, &["Deal - Title"]),
        ],
    },
    Export {
        code: "salesforce",
        signs: &[
            &["Opportunity Name", "Stage", "Close Date"],
            &["StageName", "CloseDate"],
        ],
        columns: &[
            (
                Field::ExternalId,
                &["Opportunity ID", "Opportunity ID (18)", "Id"],
            ),
            (Field::Account, &["Account Name", "Account.Name"]),
            (Field::Product, &["Product Name", "Product2.Name"]),
            (Field::Owner, &["Opportunity Owner", "Owner.Name"]),
            (Field::Stage, &["Stage", "StageName"]),
            (Field::SignedOn, &["Close Date", "CloseDate"]),
            (Field::Value, &["Amount"]),
            (
                Field::Currency,
                &["Amount Currency", "Opportunity Currency", "CurrencyIsoCode"],
            ),
            (Field::Name, &["Opportunity Name", "Name"]),
        ],
    },
    Export {
        code: "livespace",
        signs: &[
            &["Nazwa szansy", "Firma", "Etap"],
            &["Szansa sprzedaży", "Firma", "Etap"],
            &["Nazwa", "Firma", "Etap", "Opiekun"],
        ],
        columns: &[
            (Field::ExternalId, &["ID szansy", "Identyfikator", "ID"]),
            (Field::Account, &["Firma"]),
            (Field::Product, &["Produkt", "Produkty"]),
            (Field::Owner, &["Opiekun"]),
            (Field::Stage, &["Status", "Etap"]),
            (Field::RunningStage, &["Etap"]),
            (
                Field::SignedOn,
                &["Data wygranej", "Data zamknięcia", "Data zakończenia"],
            ),
            (Field::Value, &["Wartość", "Wartość szansy", "Kwota"]),
            (Field::Currency, &["Waluta"]),
            (Field::Name, &["Nazwa szansy", "Szansa sprzedaży", "Nazwa"]),
        ],
    },
    Export {
        code: "odoo",
        signs: &[
            &["Opportunity", "Expected Revenue", "Stage"],
            &["Szansa", "Oczekiwany przychód", "Etap"],
            &["expected_revenue", "stage_id"],
        ],
        columns: &[
            (Field::ExternalId, &["External ID", "ID", "id"]),
            (
                Field::Account,
                &[
                    "Customer",
                    "Company Name",
                    "partner_id",
                    "partner_name",
                    "Klient",
                ],
            ),
            (Field::Owner, &["Salesperson", "user_id", "Sprzedawca"]),
            (Field::Stage, &["Stage", "stage_id", "Etap"]),
            (
                Field::SignedOn,
                &["Closed Date", "date_closed", "Data zamknięcia"],
            ),
            (
                Field::Value,
                &[
                    "Expected Revenue",
                    "expected_revenue",
                    "Oczekiwany przychód",
                ],
            ),
            (Field::Currency, &["Currency", "company_currency", "Waluta"]),
            (Field::Name, &["Opportunity", "name", "Szansa"]),
        ],
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import_file::Mapping;

    #[test]
    fn an_export_is_recognised_by_its_columns_and_read_without_a_mapping() {
        let cases = [
            (
                "hubspot",
                "Record ID,Deal Name,Deal Stage,Close Date,Deal owner,Amount,Pipeline,Create Date,Associated Company",
                [0, 8, 4, 2, 3, 5],
            ),
            (
                "pipedrive",
                "Deal - ID,Deal - Title,Deal - Owner,Deal - Value,Deal - Currency of Value,Deal - Organization,Deal - Stage,Deal - Status,Deal - Deal created,Deal - Won time,Deal - Expected close date",
                [0, 5, 2, 7, 9, 3],
            ),
            (
                "salesforce",
                "Opportunity Owner,Account Name,Opportunity Name,Stage,Fiscal Period,Amount Currency,Amount,Close Date,Created Date,Opportunity ID",
                [9, 1, 0, 3, 7, 6],
            ),
            (
                "salesforce",
                "Id,AccountId,Account.Name,Name,StageName,Amount,CloseDate,Owner.Name,CurrencyIsoCode",
                [0, 2, 7, 4, 6, 5],
            ),
            (
                "livespace",
                "ID,Nazwa szansy,Firma,Wartość,Waluta,Etap,Status,Opiekun,Data wygranej",
                [0, 2, 7, 6, 8, 3],
            ),
            (
                "odoo",
                "External ID,Opportunity,Customer,Salesperson,Expected Revenue,Stage,Closed Date",
                [0, 2, 3, 5, 6, 4],
            ),
        ];
        for (code, line, expected) in cases {
            let headers: Vec<String> = line.split(',').map(str::to_owned).collect();
            assert_eq!(
                recognise(&headers).map(|export| export.code),
                Some(code),
                "{line}"
            );
            let mapping = Mapping::of_deals(&headers, false).unwrap();
            let fields = [
                Field::ExternalId,
                Field::Account,
                Field::Owner,
                Field::Stage,
                Field::SignedOn,
                Field::Value,
            ];
            let columns = fields.map(|field| mapping.column(field));
            assert_eq!(columns, expected.map(Some), "{line}");
            assert_eq!(mapping.source(), code);
        }
    }

    #[test]
    fn a_table_of_nobody_is_not_taken_for_an_export() {
        for line in [
            "id,account,stage,close date,value",
            "Deal Name,Stage,Amount",
            "Nazwa,Firma",
        ] {
            let headers: Vec<String> = line.split(',').map(str::to_owned).collect();
            assert!(recognise(&headers).is_none(), "{line}");
        }
    }
}
