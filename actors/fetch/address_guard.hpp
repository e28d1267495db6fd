#pragma once

#include <string>
#include <string_view>
#include <vector>

struct sockaddr;

namespace jobfarm::fetch {

/// True for addresses that the outside has no business in: loopback, private
/// (RFC 1918, RFC 4193), link-local and metadata (RFC 3927), shared (RFC
/// 6598), multicast, documentation, benchmarking, reserved, unspecified, and
/// IPv6 forms that carry such an IPv4 address (mapped, 6to4, NAT64). `address`
/// is numeric, IPv4 also in the forms of inet_aton(3) (decimal, octal, short).
/// What is no address is not blocked: names are judged by what they resolve
/// to.
bool is_blocked_address(std::string_view address);
bool is_blocked_address(const sockaddr& address);

/// The same for the host of an address, however it is written: with a final
/// dot, percent-encoded, in other scripts' digits (UTS 46). Blocked too are
/// names that mean the inside wherever they are resolved: localhost (RFC
/// 6761), local (RFC 6762), home.arpa (RFC 8375), internal (reserved by ICANN
/// 2024).
bool is_blocked_host(std::string_view host);

/// True for absolute http and https URLs: nothing else is ever fetched.
bool is_web_url(std::string_view url);

/// The address in numbers, without a port; empty for other families.
std::string numeric_address(const sockaddr& address);

} // namespace jobfarm::fetch
