#include "actors/sources/api_common.hpp"

#include "actors/sources/page_common.hpp"
#include "actors/sources/wall.hpp"
#include "actors/sources/wall_error.hpp"
#include "actors/text/time.hpp"
#include "actors/text/url.hpp"
#include "actors/text/utf8.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace jobfarm::sources {

namespace {

void begin(raw_posting& posting, std::string_view source,
           const parse_context& context) {
  posting.source = source;
  posting.board = context.board;
  posting.company = context.company;
  posting.fetched_at = context.fetched_at;
}

template <class Parts>
std::string join(const Parts& parts, std::string_view separator) {
  std::string out;
  for (const auto& part : parts) {
    if (part.empty())
      continue;
    if (!out.empty())
      out += separator;
    out += part;
  }
  return out;
}

} // namespace

expected<json_document> read_api_body(std::string_view source,
                                      std::string_view payload,
                                      const parse_context& context) {
  auto document = json_document::parse(payload, context.readable_behind);
  if (document)
    return document;
  if (auto refused = judge_body(payload))
    return *std::move(refused);
  if (auto refused = read_error_body(payload))
    return *std::move(refused);
  return fail(errc::bad_payload,
              "read " + std::string{source} + ": " + document.error().detail);
}

failure wrong_envelope(std::string_view source, std::string_view payload,
                       std::string_view wanted) {
  if (auto refused = read_error_body(payload))
    return *std::move(refused);
  return fail(errc::schema_changed, "read " + std::string{source} + ": no "
                                        + std::string{wanted}
                                        + " in the answer");
}

raw_posting begin_posting(std::string_view source,
                          const parse_context& context) {
  raw_posting posting;
  begin(posting, source, context);
  return posting;
}

raw_posting& begin_posting(std::string_view source,
                           const parse_context& context, parsed_page& page) {
  auto& posting = page.postings.emplace_back();
  begin(posting, source, context);
  return posting;
}

std::size_t read_records(json_value list, std::string_view payload,
                         record_reader read, const parse_context& context,
                         parsed_page& page) {
  // To announce many must cost a sender something: the names of a posting's
  // members alone take more.
  constexpr std::size_t least_posting = 64;
  const auto records = items_of(list);
  page.postings.reserve(
      std::min(records.size(), payload.size() / least_posting));
  json_members room;
  for (auto one : records) {
    room.read(one);
    read(room, context, page);
  }
  return records.size();
}

void end_posting(const parse_context& context, parsed_page& page) {
  const auto& posting = page.postings.back();
  const auto* reason = posting.source_id.empty()       ? "no id"
                       : text::is_blank(posting.title) ? "no title"
                                                       : "";
  if (*reason == '\0')
    return;
  reject_unreadable(posting.source, context, posting.source_id, reason, page);
  page.postings.pop_back();
}

void add_posting(raw_posting posting, const parse_context& context,
                 parsed_page& page) {
  page.postings.push_back(std::move(posting));
  end_posting(context, page);
}

std::int64_t records_in(const parsed_page& page) {
  auto count = page.postings.size() + page.rejections.size();
  for (const auto& next : page.next)
    count += next.listed.has_value();
  return static_cast<std::int64_t>(count);
}

expected<parsed_page> conclude_list(std::string_view source,
                                    const parse_context& context,
                                    parsed_page page) {
  page.kind = page_kind::list;
  auto here = records_in(page);
  auto before = context.asked ? context.asked->collected_before : 0;
  if (before == 0 && here > 0 && page.unreadable == here)
    return fail(errc::schema_changed, "read " + std::string{source}
                                          + ": none of " + std::to_string(here)
                                          + " records could be read, "
                                          + page.rejections.front().reason);
  auto total = page.total_stated.value_or(before + here);
  bool goes_on = false;
  for (const auto& next : page.next)
    goes_on = goes_on || next.kind == page_kind::list;
  if (!goes_on && before + here < total)
    page.verdict = answer::partial;
  else if (before + here == 0)
    page.verdict = answer::empty;
  return page;
}

namespace {

/// True if `token` would be more than one segment of a path, or none (RFC 3986
/// 3.3).
bool leaves_segment(const std::string& token) {
  auto is_separator = [](char c) {
    return c == '/' || c == '\\' || c == '?' || c == '#'
           || static_cast<unsigned char>(c) < ' ';
  };
  return token == "." || token == ".."
         || std::any_of(token.begin(), token.end(), is_separator);
}

} // namespace

expected<std::string> token_segment(const plan_context& context) {
  auto token = text::collapse_space(context.board.token);
  if (token.empty())
    return fail(errc::invalid_input,
                "plan " + context.board.source + ": a board needs a token");
  if (leaves_segment(token))
    return fail(errc::invalid_input, "plan " + context.board.source + ": \""
                                         + token + "\" is no token of a board");
  // Some boards are known by a token that is encoded already.
  return token.find('%') == token.npos ? text::percent_encode(token) : token;
}

std::string base_or(const std::string& base, std::string_view own) {
  return base.empty() ? std::string{own} : base;
}

std::string utc_of_ms(std::optional<double> ms) {
  constexpr double latest_ms = 4.1e12; // about 2100
  if (!ms || !(*ms > 0) || *ms > latest_ms)
    return {};
  return text::format_utc(static_cast<std::int64_t>(std::floor(*ms / 1000)));
}

std::string joined(const std::vector<std::string>& parts,
                   std::string_view separator) {
  return join(parts, separator);
}

std::string joined(std::initializer_list<std::string_view> parts,
                   std::string_view separator) {
  return join(parts, separator);
}

} // namespace jobfarm::sources
