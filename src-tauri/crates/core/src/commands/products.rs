//! The catalogue, and the templates that its products follow.

use super::Nothing;
use super::context::{Context, parse_id};
use super::view::money_view;
use crate::domain::template::{self, decide_template_of};
use crate::error::{Error, Result};
use crate::ids::ProductId;
use crate::store::accounts::{self as rows, ProductRow};
use crate::views::{ProductView, TemplateView, Window};
use schemars::JsonSchema;
use serde::Deserialize;
use ts_rs::TS;

/// Arguments of `list_products`.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListProducts {
    /// Index of the first row.
    pub from: u32,
    /// How many rows, at most 500.
    pub count: u32,
}

/// Arguments of `set_product_template`.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetProductTemplate {
    /// The product.
    pub product_id: String,
    /// The template that its new engagements follow; null for the default.
    pub template_id: Option<String>,
}

/// Rows of one window at the most.
const LARGEST_WINDOW: u32 = 500;

fn product_view(row: ProductRow) -> ProductView {
    let price = row
        .price_minor
        .zip(row.currency)
        .map(|(minor, currency)| money_view(minor, currency));
    ProductView {
        id: row.id.to_string(),
        name: row.name,
        series: row.series,
        price,
        template_id: row.template,
    }
}

pub(super) fn list_products(
    context: &mut Context<'_>,
    args: ListProducts,
) -> Result<Window<ProductView>> {
    let most = args.count.min(LARGEST_WINDOW);
    let (count, found) = rows::products(context.connection, args.from, most)?;
    Ok(Window {
        count,
        from: args.from,
        rows: found.into_iter().map(product_view).collect(),
    })
}

pub(super) fn templates(_: &mut Context<'_>, _: Nothing) -> Result<Vec<TemplateView>> {
    let views = template::SHIPPED.iter().map(|template| TemplateView {
        id: template.id.to_owned(),
        label: template.label.to_owned(),
        stage_ids: template
            .stages
            .iter()
            .map(|stage| stage.id.to_owned())
            .collect(),
    });
    Ok(views.collect())
}

pub(super) fn set_product_template(
    context: &mut Context<'_>,
    args: SetProductTemplate,
) -> Result<ProductView> {
    let actor = context.actor()?;
    let not_found = |what: &'static str, id: &str| Error::NotFound {
        what,
        id: id.to_owned(),
    };
    let id = ProductId(parse_id("product", &args.product_id)?);
    let now = rows::product(context.connection, id)?
        .ok_or_else(|| not_found("product", &args.product_id))?;
    let (now, wanted) = (now.template.as_deref(), args.template_id.as_deref());
    let changes = decide_template_of(id, now, &actor, wanted)?;
    if let Some(unknown) = wanted.filter(|id| template::shipped(id).is_none()) {
        return Err(not_found("template", unknown));
    }
    context.record(changes)?;
    let row = rows::product(context.connection, id)?;
    row.map(product_view)
        .ok_or_else(|| not_found("product", &args.product_id))
}
