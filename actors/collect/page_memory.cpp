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

/// What is kept of a page.
struct page_note {
  std::string modified_at;
  std::int64_t read_at = 0;
  std::vector<std::string> records;
};

expected<std::optional<page_note>> read_note(const store::pending_view& view,
                                             const task& page) {
  auto kept = view.lookup(key_of(page));
  if (!kept)
    return kept.error();
  if (!*kept)
    return std::optional<page_note>{};
  page_note note;
  std::istringstream lines(**kept);
  std::string line;
  std::getline(lines, note.modified_at);
  std::getline(lines, line);
  note.read_at = std::atoll(line.c_str());
  while (std::getline(lines, line))
    note.records.push_back(std::move(line));
  return std::optional{std::move(note)};
}

} // namespace

bool is_worth_remembering(const task& page) {
  return !page.modified_at.empty()
         || (page.kind == page_kind::detail && !page.listed);
}

void remember_page(store::pending_view& view, const task& page,
                   const std::vector<std::string>& records, std::int64_t now) {
  if (page.modified_at.empty() && records.empty())
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
  auto note = read_note(view, page);
  if (!note)
    return note.error();
  if (*note && (*note)->modified_at == page.modified_at
      && now - (*note)->read_at <= longest_trust_s)
    unchanged = std::move((*note)->records);
  return unchanged;
}

expected<std::vector<std::string>>
remembered_records(const store::pending_view& view, const task& page) {
  auto note = read_note(view, page);
  if (!note)
    return note.error();
  return *note ? std::move((*note)->records) : std::vector<std::string>{};
}

} // namespace jobfarm::collect
