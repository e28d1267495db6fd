#pragma once

#include "actors/fetch/http_client.hpp"

#include <memory>

namespace jobfarm::fetch {

/// An `http_client` over one libcurl multi handle on a thread of its own:
/// thousands of transfers, HTTP/2, keep-alive, compression. Redirects are
/// followed here, hop by hop, so that each is judged: http(s) only, and no
/// connection is opened to a blocked address unless its host is allowed by
/// name. TLS is verified, 1.2 at least. The destructor ends what is left with
/// `cancelled` and joins the thread.
std::unique_ptr<http_client> make_curl_client(http_client_options options);

/// Loads libcurl and the libraries that it needs, for which the first client
/// waits else: several milliseconds. Thread-safe. Throws `std::runtime_error`
/// if it is not installed or does not start.
void load_curl();

} // namespace jobfarm::fetch
