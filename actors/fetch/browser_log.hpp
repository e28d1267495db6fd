#pragma once

#include "messages/task.hpp"

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace jobfarm::fetch {

/// What a page did on the network, read from the performance log of a driver
/// (Chrome DevTools Protocol, events of the Network domain). Pure; takes any
/// bytes and ignores what it does not know.
class browser_log {
public:
  /// The document that the window shows.
  struct document {
    std::string url;
    /// 0 until it has answered.
    std::int32_t status = 0;
    /// Names in lower case.
    std::vector<http_header> headers;
    /// `net::ERR_...` if it could not be had.
    std::string error;
  };

  /// Adds entries, a JSON array of `{message, ...}` as the driver gives them.
  void read(std::string_view entries);

  const document& main() const noexcept {
    return main_;
  }

  /// Documents that the window has been sent to, one after the other.
  int navigations() const noexcept {
    return navigations_;
  }

  /// True if nothing is being fetched. Streams without an end do not count.
  bool is_quiet() const noexcept {
    return in_flight_.empty();
  }

  /// Events seen; standing still tells that the page does.
  std::uint64_t events() const noexcept {
    return events_;
  }

  /// Bytes on the wire of all that has been loaded.
  std::int64_t wire_bytes() const noexcept {
    return wire_bytes_;
  }

private:
  struct reader;

  document main_;
  std::string main_request_;
  std::set<std::string, std::less<>> in_flight_;
  int navigations_ = 0;
  std::uint64_t events_ = 0;
  std::int64_t wire_bytes_ = 0;
};

} // namespace jobfarm::fetch
