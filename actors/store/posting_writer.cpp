#include "actors/store/posting_writer.hpp"

#include "actors/store/keys.hpp"
#include "messages/msgpack.hpp"

namespace jobfarm::store {

namespace {

/// Bodies whose room is kept for the next batch: about a megabyte.
constexpr std::size_t most_kept = 512;

bool is_seen_once(const job_posting& one) {
  return one.first_seen == one.last_seen && one.closed_at.empty();
}

} // namespace

/// What a row points to already does not get another place. False if there is
/// no such row.
bool posting_writer::take_places(posting_row& row, const std::string& at,
                                 const hashed_text& text,
                                 const hashed_text& body) const {
  auto bytes = rows_.value(at);
  auto known = bytes && *bytes ? row_in(**bytes) : std::nullopt;
  if (!known)
    return false;
  if (row.text.size == 0 && is_place_of(known->text, text.text, text.hash)
      && is_text_at(texts_, known->text, text.text))
    row.text = known->text;
  if (is_place_of(known->body, body.text, body.hash)
      && !texts_.is_damaged(known->body))
    row.body = known->body;
  return true;
}

/// Looks where a record may stand already: it was seen before, or alone before
/// it came to a group. Nearly all were not. The body of a posting that has
/// become part of a group is another.
void posting_writer::take_known_places(posting_row& row, std::string_view kind,
                                       const job_posting& one, bool was_posting,
                                       const hashed_text& text,
                                       const hashed_text& body) const {
  auto take = [&](const std::string& at) {
    return take_places(row, at, text, body);
  };
  if (kind == original_rows) {
    if ((is_seen_once(one) || !take(original_key(one.id))) && was_posting)
      take(posting_key(one.id));
  } else if (!is_seen_once(one)
             || (one.sightings.size() > 1 && row.text.size == 0)) {
    if (take(posting_key(one.id)) && row.text.size == 0)
      take(original_key(one.id));
  }
}

std::string& posting_writer::next_body() {
  if (bodies_used_ == bodies_.size())
    bodies_.emplace_back();
  return bodies_[bodies_used_++];
}

posting_row posting_writer::row_of(std::string_view kind,
                                   const job_posting& one, bool was_posting) {
  const hashed_text text{one.description};
  auto& packed = next_body();
  pack_with(packed, one,
            {{one.last_seen, {}}, {one.closed_at, {}}, {one.description, {}}});
  const hashed_text body{packed};
  posting_row row{
      recent_.find(text.text, text.hash), {}, one.last_seen, one.closed_at};
  take_known_places(row, kind, one, was_posting, text, body);
  if (row.text.size > 0)
    recent_.note(text.text, text.hash, row.text);
  else if (!text.text.empty())
    row.text = recent_.add(text.text, text.hash);
  if (row.body.size == 0)
    row.body = texts_.add(body.text, body.hash);
  return row;
}

expected<void> posting_writer::write() {
  auto written = texts_.write();
  bodies_used_ = 0;
  if (bodies_.size() > most_kept)
    bodies_.resize(most_kept);
  if (!written)
    recent_.clear();
  return written;
}

} // namespace jobfarm::store
