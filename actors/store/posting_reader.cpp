#include "actors/store/posting_reader.hpp"

#include "actors/store/disk_failure.hpp"
#include "actors/store/posting_row.hpp"
#include "messages/msgpack.hpp"

namespace jobfarm::store {

expected<job_posting*> posting_reader::read(std::string_view at,
                                            std::string_view bytes) & {
  auto row = row_in(bytes);
  if (!row)
    return unreadable(at, "it is damaged");
  auto body = texts_.read(row->body);
  if (!body)
    return body.error();
  if (auto done = unpack_into(read_, *body); !done)
    return unreadable(at, done.error().detail);
  read_.last_seen = row->last_seen;
  read_.closed_at = row->closed_at;
  if (auto done = read_description(); !done)
    return done.error();
  return &read_;
}

/// Where the body has the place of it.
expected<void> posting_reader::read_description() {
  if (read_.description.empty())
    return {};
  auto place = place_in(read_.description);
  if (!place)
    return fail(errc::store_failed, "read a description: its place is damaged");
  auto text = texts_.read(*place);
  if (!text)
    return text.error();
  read_.description = *text;
  return {};
}

} // namespace jobfarm::store
