#include "actors/collect/record_table.hpp"

#include <utility>

namespace jobfarm::collect {

namespace {

/// Evidence of a record is some 600 bytes, its shingles are up to 8 kB. As many
/// are kept of those that were read as may be compared with one record.
constexpr std::size_t most_evidence = 512;
constexpr std::size_t most_read = 2048;
constexpr std::size_t most_texts = 64;
/// A text may be as large as a page can be: one with room for more shingles,
/// 512 kB, is read again instead.
constexpr std::size_t most_shingles = 1u << 16;

} // namespace

store::shared_posting unreadable_record(const std::string& id) {
  job_posting nothing;
  nothing.id = id;
  nothing.first_seen = "9999-12-31T23:59:59Z";
  return store::share(std::move(nothing));
}

record_table::record_table(store::pending_view& view, index_keys& keys,
                           index_marks& marks)
    : view_(view),
      keys_(keys),
      marks_(marks),
      evidence_(most_evidence),
      read_(most_read),
      texts_(most_texts) {
}

/// Valid until the next call: most are only looked at.
const std::string& record_table::row_key(const std::string& id) const {
  return row_key_.assign("dup/r/").append(id);
}

expected<void> record_table::begin(const job_posting& record) {
  return marks_.add(row_key(record.id), record.id);
}

expected<store::shared_posting>
record_table::find(const std::string& id, std::string_view likely) const {
  if (!may_have(id))
    return store::shared_posting{};
  auto grouped = is_grouped(id);
  if (!grouped)
    return grouped.error();
  return *grouped ? view_.original(id, likely) : view_.posting(id, likely);
}

expected<store::shared_posting>
record_table::original(const std::string& id) const {
  // It is mostly compared with the newest, and may be a copy of it.
  auto found = find(id, newest_.record ? newest_.record->description
                                       : std::string_view{});
  if (!found && is_damage(found.error()))
    return unreadable_record(id);
  if (found && !*found)
    return fail(errc::store_failed, "read record " + id + ": it is missing");
  return found;
}

expected<record_table::shared_evidence>
record_table::evidence(const std::string& id) {
  if (newest_.made && newest_.made->id == id)
    return newest_.made;
  for (auto* kept : {&evidence_, &read_})
    if (const auto* known = kept->find(id))
      return *known;
  auto posting = original(id);
  if (!posting)
    return posting.error();
  const auto& record = **posting;
  dedupe::description_reader reader;
  const auto text = reader.read(record.description);
  auto made = std::make_shared<const dedupe::evidence>(
      dedupe::evidence_of(record, dedupe::print_of(text)));
  read_.put(id, made);
  // Whoever asks for the one mostly asks for the other.
  if (!texts_.find(id))
    put_text(id, dedupe::without_repeats(text.shingles));
  return made;
}

expected<record_table::shared_text> record_table::text(const std::string& id) {
  if (const auto* known = texts_.find(id))
    return *known;
  auto posting = record_with_text(id);
  if (!posting)
    return posting.error();
  return put_text(id, dedupe::shingles_of((*posting)->description));
}

expected<dedupe::text_print>
record_table::text_print(const std::string& id) const {
  auto posting = record_with_text(id);
  if (!posting)
    return posting.error();
  return dedupe::print_of((*posting)->description);
}

/// A record with the description that it has now.
expected<store::shared_posting>
record_table::record_with_text(const std::string& id) const {
  if (newest_.record && newest_.record->id == id)
    return newest_.record;
  return original(id);
}

record_table::shared_text record_table::put_text(const std::string& id,
                                                 dedupe::shingle_set text) {
  auto made = std::make_shared<const dedupe::shingle_set>(std::move(text));
  if (made->capacity() <= most_shingles)
    texts_.put(id, made);
  return made;
}

expected<std::string> record_table::group_of(const std::string& id) const {
  auto group = keys_.lookup(row_key(id));
  if (!group)
    return group.error();
  return *group && !(*group)->empty() ? **std::move(group) : id;
}

expected<bool> record_table::is_grouped(const std::string& id) const {
  auto group = keys_.lookup(row_key(id));
  if (!group)
    return group.error();
  return *group && !(*group)->empty();
}

void record_table::keep(shared_evidence made, store::shared_posting record) {
  newest_ = {std::move(made), std::move(record)};
  evidence_.put(newest_.made->id, newest_.made);
}

expected<void> record_table::rewrite(const store::shared_posting& record) {
  const auto& id = record->id;
  auto grouped = is_grouped(id);
  if (!grouped)
    return grouped.error();
  if (*grouped)
    update(record);
  else
    view_.put_posting(record);
  if (newest_.made && newest_.made->id == id)
    newest_ = {};
  evidence_.erase(id);
  read_.erase(id);
  texts_.erase(id);
  return {};
}

expected<void> record_table::put_in_group(const std::string& group,
                                          store::shared_posting record) {
  std::string at = row_key(record->id);
  auto before = keys_.lookup(at);
  if (!before)
    return before.error();
  auto was_alone = !*before || (*before)->empty();
  if (was_alone)
    update(std::move(record));
  if (!*before)
    keys_.add(std::move(at), group);
  else if (**before != group)
    keys_.put(std::move(at), group);
  return {};
}

void record_table::put_alone(store::shared_posting record) {
  view_.remove_original(record->id);
  keys_.add(row_key(record->id), {});
  view_.put_posting(std::move(record));
}

void record_table::update(store::shared_posting record) {
  view_.put_original(std::move(record));
}

} // namespace jobfarm::collect
