#include "actors/store/posting_reader.hpp"

#include "actors/store/disk_failure.hpp"
#include "actors/store/posting_row.hpp"
#include "messages/msgpack.hpp"

namespace jobfarm::store {

expected<job_posting*> posting_reader::read(std::string_view at,
                                            std::string_view bytes,
                                            std::string_view likely) & {
  auto row = row_in(bytes);
  if (!row)
    return unreadable(at, "it is damaged");
  const auto is_likely = !likely.empty() && is_place_of(row->text, likely);
  auto texts = texts_.read(is_likely ? text_place{} : row->text, row->body);
  if (!texts)
    return texts.error();
  if (auto done = unpack_into(read_, texts->second); !done)
    return unreadable(at, done.error().detail);
  read_.description = is_likely ? likely : texts->first;
  read_.last_seen = row->last_seen;
  read_.closed_at = row->closed_at;
  return &read_;
}

} // namespace jobfarm::store
