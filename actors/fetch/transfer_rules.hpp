#pragma once

#include "messages/task.hpp"

#include <cstdint>
#include <string>

/// What a transfer decides by itself.
namespace jobfarm::fetch {

/// Scheme, host and port, as far as credentials are concerned.
bool is_same_origin(const std::string& a, const std::string& b);

/// What any host may be told. Credentials come in headers of any name.
bool is_harmless(const http_header& one);

/// The proxy in the form in which it resolves the names: here that would tell
/// our resolver whom we ask, and lead inside.
std::string resolving_proxy(const std::string& url);

bool is_redirect(std::int32_t status);

} // namespace jobfarm::fetch
