#pragma once

#include "actors/sources/source.hpp"

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

/// What the page sources share.
namespace jobfarm::sources {

/// One `name=value` of a query; left out if the value is empty.
using query_part = std::pair<std::string_view, std::string>;

/// `url` with the parts as its query, percent-encoded (RFC 3986 3.4).
std::string with_query(std::string url,
                       std::initializer_list<query_part> parts);

/// The whole number that `name` has in the query of `url`.
std::optional<std::int64_t> query_number(std::string_view url,
                                         std::string_view name);

/// `url` with `name` set to `value` in its query.
std::string with_number(std::string_view url, std::string_view name,
                        std::int64_t value);

/// The address of the page being read: of the request, else as told.
std::string asked_url(const parse_context& context);

/// The request for the page after the one being read, at `url`.
page_request next_page(const parse_context& context, std::string url,
                       std::int64_t collected_here);

/// The rejection of a record of the page being read.
rejection reject_record(std::string_view source, const parse_context& context,
                        std::string id, std::string reason);

/// Leaves a record of the page out that could not be read.
void reject_unreadable(std::string_view source, const parse_context& context,
                       std::string id, std::string reason, parsed_page& page);

/// `raw` with what the context knows: board, time, company if none is given;
/// its one place also as the list of places.
raw_posting finished(raw_posting raw, const parse_context& context);

/// Fills what a detail page does not say from what the list said.
void fill_from_listed(raw_posting& detail, const raw_posting& listed);

/// A crawl asks for the own page of each posting of a list that has only an
/// excerpt of its text: moves those from `postings` to `next`. `url_of` gives
/// the page's address, empty for none. A payload by itself leads nowhere.
void plan_details(const parse_context& context, parsed_page& page,
                  const std::function<std::string(const raw_posting&)>& url_of);

/// Makes the posting of a detail page the one that was listed: its identity,
/// and what the page itself does not say.
void settle_listed(raw_posting& detail, const parse_context& context);

/// Postings of a list page, those whose own pages are asked for included.
std::int64_t listed_on(const parsed_page& page);

/// Milliseconds since 1970 as a source sends them, as text; empty for none.
std::string epoch_ms_text(std::optional<double> ms);

/// Why a page without its source's shape is none: the wall or error body that
/// it is, `bad_payload` if there is nothing in it, else `schema_changed`.
failure explain_missing(std::string_view source, std::string_view payload,
                        std::string_view what);

/// The traits of a site whose pages are searched, not a company's board: off
/// until it is turned on, a page in five seconds. `terms` says why.
source_traits searched_site(std::string_view name, std::string_view home,
                            std::string_view terms);

} // namespace jobfarm::sources
