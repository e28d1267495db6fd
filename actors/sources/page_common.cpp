#include "actors/sources/page_common.hpp"

#include "actors/sources/ascii.hpp"
#include "actors/sources/page_json.hpp"
#include "actors/sources/wall.hpp"
#include "actors/text/url.hpp"
#include "messages/json_writer.hpp"

#include <charconv>
#include <cmath>

namespace jobfarm::sources {

namespace {

/// What a list leaves in `extra` where it has no more of the text.
constexpr std::string_view excerpt_mark = "\"description_is_excerpt\":true";

/// Where the value of `name` begins in the query of `url`, and where it ends.
std::optional<std::pair<std::size_t, std::size_t>>
find_value(std::string_view url, std::string_view name) {
  auto pos = url.find('?');
  while (pos != npos && ++pos < url.size()) {
    auto end = std::min(url.find_first_of("&#", pos), url.size());
    auto equals = url.find('=', pos);
    if (equals < end && url.substr(pos, equals - pos) == name)
      return std::pair{equals + 1, end};
    pos = end < url.size() && url[end] == '&' ? end : npos;
  }
  return std::nullopt;
}

/// The members of both objects; `first` wins.
json_text merge_extra(const json_text& first, const json_text& second) {
  if (first.empty() || second.empty())
    return first.empty() ? second : first;
  auto ours = json_document::parse(first.text);
  auto theirs = json_document::parse(second.text);
  simdjson::dom::object members;
  if (!ours || !theirs || theirs->root().get(members) != simdjson::SUCCESS)
    return first;
  json_text merged;
  json::object_writer object{merged.text};
  simdjson::dom::object own;
  if (ours->root().get(own) == simdjson::SUCCESS)
    for (auto member : own)
      object.raw(member.key, simdjson::minify(member.value));
  for (auto member : members)
    if (!value_at(ours->root(), {member.key}))
      object.raw(member.key, simdjson::minify(member.value));
  object.close();
  return merged;
}

void fill(std::string& field, const std::string& listed) {
  if (field.empty())
    field = listed;
}

} // namespace

std::string with_query(std::string url,
                       std::initializer_list<query_part> parts) {
  char mark = '?';
  for (const auto& [name, value] : parts) {
    if (value.empty())
      continue;
    url += mark;
    url.append(name).append("=").append(text::percent_encode(value));
    mark = '&';
  }
  return url;
}

std::optional<std::int64_t> query_number(std::string_view url,
                                         std::string_view name) {
  auto place = find_value(url, name);
  std::int64_t value = 0;
  if (!place
      || std::from_chars(url.data() + place->first, url.data() + place->second,
                         value)
                 .ptr
             != url.data() + place->second)
    return std::nullopt;
  return value;
}

std::string with_number(std::string_view url, std::string_view name,
                        std::int64_t value) {
  url = url.substr(0, url.find('#'));
  if (auto place = find_value(url, name))
    return std::string{url.substr(0, place->first)} + std::to_string(value)
           + std::string{url.substr(place->second)};
  auto mark = contains(url, "?") ? '&' : '?';
  return std::string{url} + mark + std::string{name} + '='
         + std::to_string(value);
}

std::string asked_url(const parse_context& context) {
  return context.asked ? context.asked->request.url : context.url;
}

page_request next_page(const parse_context& context, std::string url,
                       std::int64_t collected_here) {
  page_request next;
  if (context.asked) {
    next.request = context.asked->request;
    next.page = context.asked->page + 1;
    next.collected_before = context.asked->collected_before;
  } else {
    next.page = 1;
  }
  next.collected_before += collected_here;
  next.request.url = std::move(url);
  return next;
}

rejection reject_record(std::string_view source, const parse_context& context,
                        std::string id, std::string reason) {
  rejection why;
  why.source = source;
  why.source_id = std::move(id);
  why.board = context.board;
  why.url = context.url;
  why.reason = std::move(reason);
  return why;
}

void reject_unreadable(std::string_view source, const parse_context& context,
                       std::string id, std::string reason, parsed_page& page) {
  page.rejections.push_back(
      reject_record(source, context, std::move(id), std::move(reason)));
  ++page.unreadable;
}

raw_posting finished(raw_posting raw, const parse_context& context) {
  raw.board = context.board;
  raw.fetched_at = context.fetched_at;
  fill(raw.company, context.company);
  if (raw.locations.empty() && !raw.location.empty())
    raw.locations = {raw.location};
  return raw;
}

void fill_from_listed(raw_posting& detail, const raw_posting& listed) {
  fill(detail.source_id, listed.source_id);
  fill(detail.title, listed.title);
  fill(detail.company, listed.company);
  if (detail.location.empty() && detail.locations.empty()) {
    detail.location = listed.location;
    detail.locations = listed.locations;
  }
  bool has_pay =
      detail.salary_min || detail.salary_max || !detail.salary.empty();
  if (!has_pay) {
    detail.salary = listed.salary;
    detail.salary_min = listed.salary_min;
    detail.salary_max = listed.salary_max;
    detail.salary_currency = listed.salary_currency;
    detail.salary_period = listed.salary_period;
  }
  fill(detail.posted, listed.posted);
  fill(detail.url, listed.url);
  fill(detail.application_url, listed.application_url);
  fill(detail.description_html, listed.description_html);
  fill(detail.employment_type, listed.employment_type);
  fill(detail.department, listed.department);
  if (!detail.remote)
    detail.remote = listed.remote;
  if (detail.tags.empty())
    detail.tags = listed.tags;
  detail.extra = merge_extra(detail.extra, listed.extra);
}

void plan_details(
    const parse_context& context, parsed_page& page,
    const std::function<std::string(const raw_posting&)>& url_of) {
  if (!context.asked)
    return;
  std::vector<raw_posting> whole;
  for (auto& one : page.postings) {
    auto url = contains(one.extra.text, excerpt_mark) ? url_of(one) : "";
    if (url.empty()) {
      whole.push_back(std::move(one));
      continue;
    }
    page_request request;
    request.kind = page_kind::detail;
    request.request.url = std::move(url);
    request.listed = std::move(one);
    page.next.push_back(std::move(request));
  }
  page.postings = std::move(whole);
}

void settle_listed(raw_posting& detail, const parse_context& context) {
  if (!context.asked || !context.asked->listed)
    return;
  const auto& listed = *context.asked->listed;
  detail.source_id = listed.source_id;
  detail.url = listed.url;
  if (!detail.description_html.empty()
      && !contains(detail.extra.text, excerpt_mark))
    detail.extra =
        merge_extra({"{\"description_is_excerpt\":false}"}, detail.extra);
  fill_from_listed(detail, listed);
}

std::int64_t listed_on(const parsed_page& page) {
  auto count = static_cast<std::int64_t>(page.postings.size());
  for (const auto& next : page.next)
    count += next.listed.has_value();
  return count;
}

std::string epoch_ms_text(std::optional<double> ms) {
  if (!ms || !std::isfinite(*ms) || *ms <= 0 || *ms > 1e15)
    return {};
  return std::to_string(static_cast<std::int64_t>(*ms));
}

failure explain_missing(std::string_view source, std::string_view payload,
                        std::string_view what) {
  if (auto wall = judge_body(payload))
    return *wall;
  auto head = "parse " + std::string{source} + ": ";
  if (ascii_trim(payload).empty())
    return fail(errc::bad_payload, head + "nothing in the answer");
  return fail(errc::schema_changed, head + std::string{what});
}

source_traits searched_site(std::string_view name, std::string_view home,
                            std::string_view terms) {
  source_traits facts;
  facts.name = name;
  facts.type = "scraper";
  facts.base_url = home;
  facts.enabled_by_default = false;
  facts.terms = terms;
  facts.is_board = false;
  facts.requests_per_second = 0.2;
  return facts;
}

} // namespace jobfarm::sources
