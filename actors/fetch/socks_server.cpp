#include "actors/fetch/socks_server.hpp"

#include <algorithm>
#include <array>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

namespace jobfarm::fetch {

namespace {

constexpr unsigned char version = 5;
constexpr unsigned char connect_command = 1;
/// A greeting comes at once or never.
constexpr int greeting_ms = 5'000;

bool read_all(int fd, unsigned char* to, std::size_t size) {
  while (size > 0) {
    if (!is_ready(fd, POLLIN, greeting_ms))
      return false;
    auto got = ::recv(fd, to, size, 0);
    if (got <= 0)
      return false;
    to += got;
    size -= static_cast<std::size_t>(got);
  }
  return true;
}

bool is_host(const std::string& text) {
  return !text.empty()
         && std::all_of(text.begin(), text.end(), [](unsigned char c) {
              return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
                     || (c >= '0' && c <= '9') || c == '.' || c == '-'
                     || c == '_' || c == ':';
            });
}

bool greet(int fd) {
  std::array<unsigned char, 2> head{};
  std::array<unsigned char, 255> methods{};
  if (!read_all(fd, head.data(), 2) || head[0] != version
      || !read_all(fd, methods.data(), head[1]))
    return false;
  constexpr char no_authentication[] = {version, 0};
  return send_all(fd, no_authentication, sizeof no_authentication);
}

std::optional<std::string> read_host(int fd, unsigned char kind) {
  std::array<unsigned char, 256> bytes{};
  std::array<char, INET6_ADDRSTRLEN> text{};
  constexpr unsigned char ipv4 = 1;
  constexpr unsigned char name = 3;
  constexpr unsigned char ipv6 = 4;
  if (kind == name) {
    if (!read_all(fd, bytes.data(), 1)
        || !read_all(fd, bytes.data() + 1, bytes[0]))
      return std::nullopt;
    return std::string(reinterpret_cast<char*>(bytes.data()) + 1, bytes[0]);
  }
  if ((kind != ipv4 && kind != ipv6)
      || !read_all(fd, bytes.data(), kind == ipv4 ? 4 : 16))
    return std::nullopt;
  ::inet_ntop(kind == ipv4 ? AF_INET : AF_INET6, bytes.data(), text.data(),
              text.size());
  return std::string{text.data()};
}

} // namespace

bool is_ready(int fd, short events, int ms) {
  pollfd one{fd, events, 0};
  return ::poll(&one, 1, ms) > 0;
}

bool send_all(int fd, const char* from, std::size_t size) {
  while (size > 0) {
    auto sent = ::send(fd, from, size, MSG_NOSIGNAL);
    if (sent <= 0)
      return false;
    from += sent;
    size -= static_cast<std::size_t>(sent);
  }
  return true;
}

std::optional<socks_target> accept_socks(int fd) {
  std::array<unsigned char, 4> head{};
  std::array<unsigned char, 2> port{};
  if (!greet(fd) || !read_all(fd, head.data(), 4) || head[0] != version)
    return std::nullopt;
  if (head[1] != connect_command) {
    answer_socks(fd, socks_reply::no_command);
    return std::nullopt;
  }
  auto host = read_host(fd, head[3]);
  if (!host || !read_all(fd, port.data(), 2) || !is_host(*host)) {
    answer_socks(fd, socks_reply::no_address_type);
    return std::nullopt;
  }
  return socks_target{*std::move(host),
                      static_cast<std::uint16_t>(port[0] << 8 | port[1])};
}

void answer_socks(int fd, socks_reply what) {
  // No address is told back: nobody reads it.
  const char bytes[] = {static_cast<char>(version),
                        static_cast<char>(what),
                        0,
                        1,
                        0,
                        0,
                        0,
                        0,
                        0,
                        0};
  send_all(fd, bytes, sizeof bytes);
}

} // namespace jobfarm::fetch
