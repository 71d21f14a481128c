//! The fields that a column of a deals file can stand for, and the names under which exports carry them.

/// A field that a column can stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// The deal's id in the system that exported it.
    ExternalId,
    /// The client company.
    Account,
    /// What was sold.
    Product,
    /// Who sold it.
    Owner,
    /// Where the deal stands.
    Stage,
    /// When it was closed.
    SignedOn,
    /// What it is worth.
    Value,
    /// The currency of the value.
    Currency,
    /// The deal's own name.
    Name,
    /// Where the work on it stands, for taking over.
    RunningStage,
    /// When its contract ends.
    ContractEndOn,
    /// When its kick-off was held, for taking over.
    KickOffOn,
}

impl Field {
    /// Every field, in the order in which columns are looked for.
    pub const ALL: [Self; 12] = [
        Self::ExternalId,
        Self::Account,
        Self::Product,
        Self::Owner,
        Self::Stage,
        Self::SignedOn,
        Self::Value,
        Self::Currency,
        Self::Name,
        Self::RunningStage,
        Self::ContractEndOn,
        Self::KickOffOn,
    ];

    /// The field's key in a mapping file.
    pub fn key(self) -> &'static str {
        match self {
            Self::ExternalId => "external_id",
            Self::Account => "account",
            Self::Product => "product",
            Self::Owner => "owner",
            Self::Stage => "stage",
            Self::SignedOn => "signed_on",
            Self::Value => "value",
            Self::Currency => "currency",
            Self::Name => "name",
            Self::RunningStage => "running_stage",
            Self::ContractEndOn => "contract_end_on",
            Self::KickOffOn => "kick_off_on",
        }
    }

    /// Deals cannot be read without it.
    pub(super) fn is_needed(self) -> bool {
        matches!(
            self,
            Self::Account | Self::Stage | Self::SignedOn | Self::Value
        )
    }

    /// Names under which exports carry it, the surest first; compared folded.
    pub(super) fn synonyms(self) -> &'static [&'static str] {
        match self {
            Self::ExternalId => &[
                "external_id",
                "opportunity_id",
                "deal_id",
                "record_id",
                "opp_id",
                "crm_id",
                "hs_object_id",
                "id",
            ],
            Self::Account => &[
                "account",
                "account_name",
                "company",
                "company_name",
                "client",
                "client_name",
                "customer",
                "customer_name",
                "organization",
                "organisation",
                "organization_name",
                "associated_company",
                "firma",
                "klient",
                "kontrahent",
                "nazwa firmy",
                "клиент",
                "компания",
                "контрагент",
                "asiakas",
                "yritys",
            ],
            Self::Product => &[
                "product",
                "product_name",
                "products",
                "item",
                "service",
                "package",
                "offering",
                "produkt",
                "usługa",
                "продукт",
                "услуга",
                "tuote",
            ],
            Self::Owner => &[
                "owner",
                "sales_agent",
                "deal_owner",
                "opportunity_owner",
                "owner_name",
                "account_executive",
                "sales_rep",
                "salesperson",
                "seller",
                "agent",
                "rep",
                "assigned_to",
                "opiekun",
                "handlowiec",
                "właściciel",
                "ответственный",
                "менеджер",
                "myyjä",
                "vastuuhenkilö",
            ],
            Self::Stage => &[
                "deal_stage",
                "stage",
                "stage_name",
                "status",
                "deal_status",
                "sales_stage",
                "outcome",
                "etap",
                "статус",
                "этап",
                "стадия",
                "tila",
                "vaihe",
            ],
            Self::SignedOn => &[
                "signed_on",
                "signed",
                "signed_date",
                "date_signed",
                "signature_date",
                "contract_date",
                "close_date",
                "closed_on",
                "closed_date",
                "date_closed",
                "actual_close_date",
                "closing_date",
                "won_on",
                "won_date",
                "won_time",
                "data podpisania",
                "data umowy",
                "data wygranej",
                "data zamknięcia",
                "дата подписания",
                "дата договора",
                "дата закрытия",
                "allekirjoitettu",
                "päätöspäivä",
            ],
            Self::Value => &[
                "value",
                "close_value",
                "amount",
                "deal_value",
                "deal_amount",
                "contract_value",
                "total_value",
                "opportunity_amount",
                "total_amount",
                "total",
                "revenue",
                "price",
                "wartość",
                "kwota",
                "сумма",
                "стоимость",
                "бюджет",
                "arvo",
                "summa",
            ],
            Self::Currency => &[
                "currency",
                "currency_code",
                "currency_iso_code",
                "deal_currency",
                "waluta",
                "валюта",
                "valuutta",
            ],
            Self::Name => &[
                "deal_name",
                "opportunity_name",
                "opportunity",
                "deal",
                "name",
                "title",
                "subject",
                "nazwa",
                "nazwa szansy",
                "tytuł",
                "название",
                "название сделки",
                "nimi",
            ],
            Self::RunningStage => &[
                "running_stage",
                "delivery_stage",
                "project_stage",
                "project_status",
                "onboarding_stage",
                "delivery_status",
                "baton_stage",
                "etap realizacji",
                "status projektu",
                "этап проекта",
            ],
            Self::ContractEndOn => &[
                "contract_end_on",
                "contract_end",
                "contract_end_date",
                "contract_ends_on",
                "contract_ends",
                "end_of_contract",
                "contract_expiry",
                "contract_expiration_date",
                "contract_expires_on",
                "koniec umowy",
                "data końca umowy",
                "umowa do",
                "окончание договора",
                "договор до",
                "sopimus päättyy",
            ],
            Self::KickOffOn => &[
                "kick_off_on",
                "kick_off_date",
                "kickoff_date",
                "kick_off_held_on",
                "kick_off",
                "data kick-off",
                "data rozpoczęcia",
                "дата старта",
            ],
        }
    }
}
