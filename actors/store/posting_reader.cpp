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
  auto texts = texts_.read(row->text, row->body);
  if (!texts)
    return texts.error();
  if (auto done = unpack_into(read_, texts->second); !done)
    return unreadable(at, done.error().detail);
  read_.description = texts->first;
  read_.last_seen = row->last_seen;
  read_.closed_at = row->closed_at;
  return &read_;
}

} // namespace jobfarm::store
