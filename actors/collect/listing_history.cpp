#include "actors/collect/listing_history.hpp"

#include "actors/sources/board_fall.hpp"
#include "actors/sources/source.hpp"
#include "actors/text/hash.hpp"

#include <algorithm>
#include <cinttypes>
#include <cstdio>

namespace jobfarm::collect {

namespace {

/// What makes a search another one.
std::string search_text(const job_query& query) {
  auto place = query.locations.empty() ? "" : query.locations.front();
  return query.text + '\n' + place + '\n' + (query.remote_only ? "remote" : "")
         + '\n' + std::to_string(query.posted_within_s.value_or(0));
}

std::string key_of(const task& from, const job_query& query) {
  const auto* source = sources::find_source(from.source);
  auto text = from.board;
  if (source && source->traits.base_url.empty())
    text += '\n' + from.request.url;
  else if (source && !source->traits.is_board)
    text += '\n' + search_text(query);
  return "listing/" + from.source + '-' + text::hash_hex(text);
}

/// What is kept of a listing.
struct listing_memory {
  std::int64_t shown = 0;
  /// Readings in a row that show a fall.
  std::int32_t doubted = 0;
};

listing_memory read_memory(const std::string& text) {
  listing_memory made;
  std::sscanf(text.c_str(), "%" SCNd64 " %" SCNd32, &made.shown,
              &made.doubted);
  return made;
}

std::string write_memory(const listing_memory& one) {
  auto text = std::to_string(one.shown);
  if (one.doubted != 0)
    text += ' ' + std::to_string(one.doubted);
  return text;
}

} // namespace

std::optional<read_listing> listing_read(const task& from,
                                         const task_outcome& outcome,
                                         const job_query& query) {
  const auto& next = outcome.next_tasks;
  auto goes_on = std::any_of(next.begin(), next.end(), [](const task& one) {
    return one.kind == page_kind::list;
  });
  // The page that a board is named after lists, whatever its kind.
  auto is_listing =
      from.kind == page_kind::list || from.request.url == from.board;
  auto is_whole = !outcome.shortfall
                  && (outcome.status == answer::ok
                      || outcome.status == answer::empty);
  if (!is_listing || !is_whole || goes_on)
    return std::nullopt;
  // Those with a posting of their own are among the records handed out.
  auto addresses =
      std::count_if(next.begin(), next.end(),
                    [](const task& one) { return !one.listed; });
  return read_listing{key_of(from, query), from.collected_before
                                               + outcome.handed_out
                                               + addresses};
}

expected<std::optional<failure>> judge_listing(store::pending_view& view,
                                               const read_listing& what) {
  auto kept = view.lookup(what.key);
  if (!kept)
    return kept.error();
  auto before = *kept ? read_memory(**kept) : listing_memory{what.shown};
  auto verdict =
      sources::judge_fall(before.shown, what.shown, before.doubted);
  std::optional<failure> suspicion;
  listing_memory after{what.shown};
  if (!verdict.is_believed) {
    suspicion = fail(errc::bad_payload,
                     "suspicious: the listing shows "
                         + std::to_string(what.shown) + " postings, "
                         + std::to_string(before.shown) + " before");
    after = {before.shown, verdict.readings};
  }
  auto text = write_memory(after);
  if (!*kept || **kept != text)
    view.put_index(what.key, std::move(text));
  return suspicion;
}

} // namespace jobfarm::collect
