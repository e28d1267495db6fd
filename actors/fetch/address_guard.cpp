#include "actors/fetch/address_guard.hpp"

#include "actors/text/ascii.hpp"
#include "actors/text/percent.hpp"
#include "actors/text/utf8.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <cstdint>
#include <cstring>

namespace jobfarm::fetch {

namespace {

struct ipv4_range {
  std::uint32_t network;
  int bits;
};

constexpr std::uint32_t v4(std::uint32_t a, std::uint32_t b, std::uint32_t c,
                           std::uint32_t d) {
  return a << 24 | b << 16 | c << 8 | d;
}

/// IANA IPv4 Special-Purpose Address Registry, not globally reachable.
constexpr ipv4_range blocked_v4[] = {
    {v4(0, 0, 0, 0), 8},      {v4(10, 0, 0, 0), 8},
    {v4(100, 64, 0, 0), 10},  {v4(127, 0, 0, 0), 8},
    {v4(169, 254, 0, 0), 16}, {v4(172, 16, 0, 0), 12},
    {v4(192, 0, 0, 0), 24},   {v4(192, 0, 2, 0), 24},
    {v4(192, 88, 99, 0), 24}, {v4(192, 168, 0, 0), 16},
    {v4(198, 18, 0, 0), 15},  {v4(198, 51, 100, 0), 24},
    {v4(203, 0, 113, 0), 24}, {v4(224, 0, 0, 0), 4},
    {v4(240, 0, 0, 0), 4},
};

bool is_blocked_v4(std::uint32_t address) {
  for (const auto& range : blocked_v4)
    if (address >> (32 - range.bits) == range.network >> (32 - range.bits))
      return true;
  return false;
}

std::uint32_t word_at(const std::uint8_t* bytes) {
  return v4(bytes[0], bytes[1], bytes[2], bytes[3]);
}

bool has_prefix(const std::uint8_t* bytes, std::initializer_list<int> prefix) {
  for (auto wanted : prefix)
    if (*bytes++ != wanted)
      return false;
  return true;
}

/// IANA IPv6 Special-Purpose Address Registry: outside 2000::/3 nothing is
/// global but what carries an IPv4 address.
bool is_blocked_v6(const in6_addr& address) {
  const auto* b = address.s6_addr;
  if (has_prefix(b, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF})) // mapped
    return is_blocked_v4(word_at(b + 12));
  if (has_prefix(b, {0x00, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0}))
    return is_blocked_v4(word_at(b + 12)); // NAT64, RFC 6052
  if (has_prefix(b, {0x20, 0x02}))         // 6to4, RFC 3056
    return is_blocked_v4(word_at(b + 2));
  return (b[0] & 0xE0) != 0x20
         || (has_prefix(b, {0x20, 0x01}) && b[2] < 0x02)  // RFC 2928, Teredo
         || has_prefix(b, {0x20, 0x01, 0x0D, 0xB8})       // documentation
         || (has_prefix(b, {0x3F, 0xFF}) && b[2] < 0x10); // RFC 9637
}

} // namespace

bool is_web_url(std::string_view url) {
  auto scheme = text::ascii_lower(url.substr(0, url.find(':')));
  return scheme == "http" || scheme == "https";
}

bool is_blocked_address(std::string_view text) {
  std::string address{text};
  if (address.size() > 2 && address.front() == '[' && address.back() == ']')
    address = address.substr(1, address.size() - 2);
  if (auto zone = address.find('%'); zone != address.npos)
    address.resize(zone);
  in6_addr six{};
  if (::inet_pton(AF_INET6, address.c_str(), &six) == 1)
    return is_blocked_v6(six);
  in_addr four{};
  if (::inet_aton(address.c_str(), &four) != 0)
    return is_blocked_v4(ntohl(four.s_addr));
  return false;
}

bool is_blocked_host(std::string_view host) {
  auto name = text::fold(text::percent_decoded(host));
  // The ideographic full stop, which UTS 46 maps to a dot.
  constexpr std::string_view wide_dot = "\u3002";
  for (auto at = name.find(wide_dot); at != name.npos; at = name.find(wide_dot))
    name.replace(at, wide_dot.size(), ".");
  while (!name.empty() && name.back() == '.')
    name.pop_back();
  if (is_blocked_address(name))
    return true;
  for (std::string_view inside :
       {"localhost", "localdomain", "local", "internal", "home.arpa"})
    if (name == inside
        || (name.size() > inside.size()
            && name.compare(name.size() - inside.size(), inside.size(), inside)
                   == 0
            && name[name.size() - inside.size() - 1] == '.'))
      return true;
  return false;
}

bool is_blocked_address(const sockaddr& address) {
  if (address.sa_family == AF_INET) {
    sockaddr_in four{};
    std::memcpy(&four, &address, sizeof four);
    return is_blocked_v4(ntohl(four.sin_addr.s_addr));
  }
  if (address.sa_family == AF_INET6) {
    sockaddr_in6 six{};
    std::memcpy(&six, &address, sizeof six);
    return is_blocked_v6(six.sin6_addr);
  }
  return true;
}

std::string numeric_address(const sockaddr& address) {
  char text[INET6_ADDRSTRLEN] = "";
  if (address.sa_family == AF_INET) {
    sockaddr_in four{};
    std::memcpy(&four, &address, sizeof four);
    ::inet_ntop(AF_INET, &four.sin_addr, text, sizeof text);
  } else if (address.sa_family == AF_INET6) {
    sockaddr_in6 six{};
    std::memcpy(&six, &address, sizeof six);
    ::inet_ntop(AF_INET6, &six.sin6_addr, text, sizeof text);
  }
  return text;
}

} // namespace jobfarm::fetch
