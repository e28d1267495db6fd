#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

/// The server's side of SOCKS5 (RFC 1928) on a connected socket, as far as a
/// browser speaks it: no authentication, CONNECT only.
namespace jobfarm::fetch {

struct socks_target {
  /// A name, or an address in numbers without brackets.
  std::string host;
  std::uint16_t port = 0;
};

/// RFC 1928 6.
enum class socks_reply : unsigned char {
  granted = 0,
  forbidden = 2,
  unreachable = 4,
  no_command = 7,
  no_address_type = 8
};

/// Greets and reads where to; nothing if the other side speaks otherwise (it
/// is told so) or says nothing for 5 seconds. Names hold only what hosts are
/// made of.
std::optional<socks_target> accept_socks(int fd);

/// Answers the request of `accept_socks`.
void answer_socks(int fd, socks_reply what);

/// Sends all of it; false if the other side has gone.
bool send_all(int fd, const char* from, std::size_t size);

/// True if `events` of poll(2) come within `ms`.
bool is_ready(int fd, short events, int ms);

} // namespace jobfarm::fetch
