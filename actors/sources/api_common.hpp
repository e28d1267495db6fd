#pragma once

#include "actors/sources/page_json.hpp"
#include "actors/sources/source.hpp"

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What the JSON APIs share.
namespace jobfarm::sources {

/// Parses an API's body. Errors: what `explain_missing` says of a body that is
/// no JSON (a wall, an error text), `bad_payload` if it is cut off.
expected<json_document> read_api_body(std::string_view source,
                                      std::string_view payload,
                                      const parse_context& context);

/// The failure of a body that is JSON but not this source's envelope.
failure wrong_envelope(std::string_view source, std::string_view payload,
                       std::string_view wanted);

/// A posting with source, board, company and time of `context`.
raw_posting begin_posting(std::string_view source,
                          const parse_context& context);

/// The same at the end of the page.
raw_posting& begin_posting(std::string_view source,
                           const parse_context& context, parsed_page& page);

/// Puts a record of a list on the page, as a posting or as a rejection.
using record_reader = void (*)(const json_members& record,
                               const parse_context& context, parsed_page& page);

/// Reads every record of a list that is in the payload; returns how many.
std::size_t read_records(json_value list, std::string_view payload,
                         record_reader read, const parse_context& context,
                         parsed_page& page);

/// Leaves the last posting on the page, or rejects it if it has no id or no
/// title.
void end_posting(const parse_context& context, parsed_page& page);

/// Adds `posting` to the page, or rejects it like that.
void add_posting(raw_posting posting, const parse_context& context,
                 parsed_page& page);

/// Sets the verdict of a list page from its records and the stated total:
/// `empty` only if nothing came and nothing is stated, `partial` if this was
/// the last page and less came than stated.
/// Errors: schema_changed if the listing's records, and there are some, could
/// none of them be read.
expected<parsed_page> conclude_list(std::string_view source,
                                    const parse_context& context,
                                    parsed_page page);

/// Records that a list page holds, whatever became of them.
std::int64_t records_in(const parsed_page& page);

/// A token as one path segment. Errors: invalid_input for an empty one.
expected<std::string> token_segment(const plan_context& context);

/// `base` of the context or the source's own.
std::string base_or(const std::string& base, std::string_view own);

/// Milliseconds or seconds since 1970 as RFC 3339; empty for none.
std::string utc_of_ms(std::optional<double> ms);

/// The non-empty parts with `separator` between them.
std::string joined(const std::vector<std::string>& parts,
                   std::string_view separator);
std::string joined(std::initializer_list<std::string_view> parts,
                   std::string_view separator);

} // namespace jobfarm::sources
