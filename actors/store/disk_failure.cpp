#include "actors/store/disk_failure.hpp"

#include <cerrno>
#include <cstring>
#include <utility>

namespace jobfarm::store {

failure disk_failure(std::string what, const std::string& cause) {
  what += ": " + cause;
  // LevelDB tells the system's error by its text only.
  for (int no_room : {ENOSPC, EDQUOT, EFBIG})
    if (cause.find(std::strerror(no_room)) != std::string::npos)
      what += "; make room there, or choose another --data-dir; what was"
              " acknowledged is kept";
  return fail(errc::store_failed, std::move(what));
}

failure unreadable(std::string_view at, const std::string& why) {
  return fail(errc::store_failed, "read " + std::string{at} + ": " + why);
}

} // namespace jobfarm::store
