#include "actors/collect/endless_listing.hpp"

#include "actors/text/hash.hpp"
#include "messages/msgpack.hpp"

#include <algorithm>
#include <cstdint>

namespace jobfarm::collect {

namespace {

/// A million postings of most sources: no board has as many, and no
/// search that is worth its requests.
constexpr std::int32_t most_pages = 10'000;

bool is_list(const sources::page_request& one) {
  return one.kind == page_kind::list;
}

/// A hash of the records of a page that have a name, in their order; empty for
/// none.
std::string print_of(const sources::parsed_page& page) {
  std::string shown;
  auto add = [&](const raw_posting& one) {
    shown += one.source_id + '\n' + one.url + '\n';
  };
  for (const auto& one : page.postings)
    add(one);
  for (const auto& next : page.next)
    if (next.listed)
      add(*next.listed);
  for (const auto& one : page.rejections)
    if (!one.source_id.empty())
      shown += one.source_id + '\n';
  return shown.empty() ? shown : text::hash_hex(shown);
}

} // namespace

std::optional<std::string> end_endless(const task& asked,
                                       sources::parsed_page& page) {
  auto& next = page.next;
  if (asked.kind != page_kind::list
      || std::none_of(next.begin(), next.end(), is_list))
    return std::nullopt;
  auto shown = print_of(page);
  auto is_same = [&](const auto& one) {
    return is_list(one) && pack(one.request) == pack(asked.request);
  };
  std::optional<std::string> why;
  if (!shown.empty() && shown == asked.shown_before)
    why = "shows the same records on page " + std::to_string(asked.page + 1)
          + " as on the one before";
  else if (std::any_of(next.begin(), next.end(), is_same))
    why = "asks for page " + std::to_string(asked.page + 1) + " again after it";
  else if (asked.page + 1 >= most_pages)
    why = "goes on after " + std::to_string(most_pages) + " pages";
  if (why)
    next.erase(std::remove_if(next.begin(), next.end(), is_list), next.end());
  else
    for (auto& one : next)
      if (is_list(one))
        one.shown_before = shown;
  return why;
}

} // namespace jobfarm::collect
