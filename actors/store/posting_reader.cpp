#include "actors/store/posting_reader.hpp"

#include "actors/store/disk_failure.hpp"
#include "actors/store/posting_row.hpp"
#include "messages/msgpack.hpp"

namespace jobfarm::store {

expected<void> posting_reader::read(std::string_view at, std::string_view bytes,
                                    job_posting& to, std::string_view likely) {
  auto row = row_in(bytes);
  if (!row)
    return unreadable(at, "it is damaged");
  const auto is_likely = !likely.empty() && is_place_of(row->text, likely)
                         && !texts_.is_damaged(row->text);
  // The description stands elsewhere: its room stays aside meanwhile.
  text_.swap(to.description);
  if (auto done = texts_.read(is_likely ? text_place{} : row->text, text_,
                              row->body, body_);
      !done)
    return done;
  if (auto done = unpack_into(to, body_); !done)
    return unreadable(at, done.error().detail);
  if (is_likely)
    text_ = likely;
  text_.swap(to.description);
  to.last_seen = row->last_seen;
  to.closed_at = row->closed_at;
  return {};
}

} // namespace jobfarm::store
