#include "actors/collect/read_pages.hpp"

#include "actors/collect/record_id.hpp"
#include "actors/normalize/dates.hpp"
#include "actors/text/hash.hpp"
#include "actors/text/time.hpp"
#include "messages/msgpack.hpp"

#include <algorithm>
#include <charconv>
#include <string_view>

namespace jobfarm::collect {

namespace {

constexpr std::int64_t longest_known_s = 7 * 86'400;

/// ETags are mostly hashes.
constexpr std::size_t longest_word = 500;

/// A page of more is read again: its records would be in memory all at once.
constexpr std::size_t most_records = 5000;

const std::string& header_of(const page_answer& answered,
                             std::string_view name) {
  static const std::string none;
  for (const auto& header : answered.headers)
    if (header.name == name)
      return header.value;
  return none;
}

/// Others get the same by the same request.
bool is_for_all(const task& asked) {
  const auto& request = asked.request;
  return request.method == "GET" && request.body.empty()
         && request.credential.empty() && !asked.by_browser;
}

/// All that was shown is known now, but for the next page.
bool is_whole(const task& asked, const task_outcome& outcome) {
  if (outcome.status != answer::ok || outcome.failed || outcome.shortfall
      || !outcome.rejections.empty())
    return false;
  const auto& next = outcome.next_tasks;
  if (!next.empty())
    return next.size() == 1 && next[0].kind == page_kind::list
           && !next[0].listed && next[0].modified_at.empty();
  auto given = asked.collected_before + outcome.handed_out;
  return outcome.total_stated.value_or(given) == given;
}

/// Dates like "3 days ago", and those to come, mean something else tomorrow.
bool is_of_any_day(const raw_posting& one) {
  if (one.posted.empty())
    return true;
  auto posted = normalize::exact_time(one.posted);
  return posted && *posted <= text::parse_utc(one.fetched_at).value_or(0);
}

/// With what is not the page's to say: the company, and what came before it in
/// its listing or was said there of its posting.
std::string note_key(const task& page) {
  auto text = page.board + '\n' + page.company + '\n' + page.request.url + '\n'
              + std::to_string(page.collected_before) + '\n'
              + page.shown_before;
  if (auto listed = page.listed) {
    listed->fetched_at.clear();
    text += '\n' + pack(*listed);
  }
  return "read/" + page.source + '-' + text::hash_hex(text);
}

/// What is kept of a page: a line each for the version's `etag`,
/// `last_modified` and `reader`, the time, and the number of records; those, 16
/// bytes each; the next page, packed, if there is one.
struct version_note {
  page_version version;
  std::int64_t read_at = 0;
  std::string_view records;
  std::string_view next;
};

/// The first line, taken off the text.
std::string_view take_line(std::string_view& text) {
  auto line = text.substr(0, text.find('\n'));
  text.remove_prefix(std::min(line.size() + 1, text.size()));
  return line;
}

std::int64_t take_number(std::string_view& text) {
  auto line = take_line(text);
  std::int64_t number = 0;
  std::from_chars(line.data(), line.data() + line.size(), number);
  return number;
}

version_note note_in(std::string_view text) {
  version_note note;
  note.version.etag = take_line(text);
  note.version.last_modified = take_line(text);
  note.version.reader = take_line(text);
  note.read_at = take_number(text);
  auto bytes = static_cast<std::size_t>(take_number(text)) * record_bytes;
  note.records = text.substr(0, bytes);
  note.next = text.substr(note.records.size());
  return note;
}

/// Whether a version can be kept as it is; a worker may say anything.
bool is_plain(const page_version& version) {
  auto is_line = [](const std::string& word) {
    return word.size() <= longest_word && word.find('\n') == word.npos;
  };
  return is_line(version.etag) && is_line(version.last_modified)
         && is_line(version.reader);
}

bool is_same(const page_version& a, const page_version& b) {
  return a.etag == b.etag && a.last_modified == b.last_modified
         && a.reader == b.reader;
}

} // namespace

std::optional<page_version> version_read(const task& asked,
                                         const page_answer& answered,
                                         const page_reading& read,
                                         const std::string& reader) {
  const auto& outcome = read.outcome;
  page_version version{header_of(answered, "etag"),
                       header_of(answered, "last-modified"), reader};
  auto has_version =
      !reader.empty()
      && !(version.etag.empty() && version.last_modified.empty());
  if (!has_version || answered.status != 200 || !is_for_all(asked)
      || !is_whole(asked, outcome) || read.raw.empty()
      || read.raw.size() > most_records
      || !std::all_of(read.raw.begin(), read.raw.end(), is_of_any_day))
    return std::nullopt;
  return version;
}

void remember_read(store::pending_view& view, const task& page,
                   const page_version& version, const page_yield& gave,
                   std::int64_t now) {
  if (!is_plain(version))
    return;
  auto note = version.etag + '\n' + version.last_modified + '\n'
              + version.reader + '\n' + std::to_string(now) + '\n'
              + std::to_string(gave.records.size()) + '\n';
  for (const auto& id : gave.records)
    note += record_of(id).value_or(record_name{});
  if (gave.next)
    note += pack(*gave.next);
  view.put_index(note_key(page), std::move(note));
}

expected<void> recall_version(const store::store& disk, task& page,
                              const std::string& now) {
  auto kept = disk.lookup(note_key(page));
  if (!kept)
    return kept.error();
  if (!*kept)
    return {};
  auto note = note_in(**kept);
  auto age = text::parse_utc(now).value_or(0) - note.read_at;
  if (age >= 0 && age <= longest_known_s)
    page.known = std::move(note.version);
  return {};
}

expected<std::optional<page_yield>>
yield_of_known(const store::pending_view& view, const task& page) {
  auto kept = view.lookup(note_key(page));
  if (!kept)
    return kept.error();
  std::optional<page_yield> gave;
  if (!*kept || !page.known)
    return gave;
  auto note = note_in(**kept);
  if (!is_same(note.version, *page.known))
    return gave;
  gave.emplace();
  for (auto left = note.records; left.size() >= record_bytes;
       left.remove_prefix(record_bytes))
    gave->records.push_back(id_of(left.substr(0, record_bytes)));
  if (note.next.empty())
    return gave;
  auto next = unpack<task>(note.next);
  if (!next)
    return std::optional<page_yield>{};
  gave->next = plan::for_query(page.query_id, *std::move(next));
  return gave;
}

} // namespace jobfarm::collect
