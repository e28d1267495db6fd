#include "actors/collect/page_memory.hpp"

#include "actors/text/hash.hpp"

#include <cstdlib>
#include <sstream>

namespace jobfarm::collect {

namespace {

constexpr std::int64_t longest_trust_s = 7 * 86'400;

std::string key_of(const task& page) {
  return "page/" + page.source + '-'
         + text::hash_hex(page.board + '\n' + page.request.url);
}

} // namespace

void remember_page(store::pending_view& view, const task& page,
                   const std::vector<std::string>& records, std::int64_t now) {
  if (page.modified_at.empty())
    return;
  // A line for the site's word, one for the time, one for each record.
  auto text = page.modified_at + '\n' + std::to_string(now);
  for (const auto& id : records)
    text += '\n' + id;
  view.put_index(key_of(page), std::move(text));
}

expected<std::optional<std::vector<std::string>>>
unchanged_records(const store::pending_view& view, const task& page,
                  std::int64_t now) {
  std::optional<std::vector<std::string>> unchanged;
  if (page.modified_at.empty())
    return unchanged;
  auto kept = view.lookup(key_of(page));
  if (!kept)
    return kept.error();
  if (!*kept)
    return unchanged;
  std::istringstream lines(**kept);
  std::string modified_at;
  std::string read_at;
  std::getline(lines, modified_at);
  std::getline(lines, read_at);
  if (modified_at != page.modified_at
      || now - std::atoll(read_at.c_str()) > longest_trust_s)
    return unchanged;
  unchanged.emplace();
  for (std::string id; std::getline(lines, id);)
    unchanged->push_back(id);
  return unchanged;
}

} // namespace jobfarm::collect
