#pragma once

#include "actors/fetch/browser_session.hpp"
#include "actors/fetch/http_client.hpp"

#include <memory>

namespace jobfarm::fetch {

/// An `http_client` that has the orders whose route says `by_browser` loaded
/// and rendered by Chromium, and passes all others to `inner`. It shows what
/// everybody is shown: it solves no challenges and signs in nowhere.
///
/// At most `most_browsers` browsers run, each on a thread of its own, started
/// when first needed. Each has one session's profile and is given to another
/// session only by being replaced. A browser that dies or hangs is replaced
/// and its page tried once more; when that fails too the page's failure is
/// provider_unavailable. Only plain GETs can be loaded; what else is asked for
/// is invalid_input, headers of the order are not sent.
///
/// Limits: the parts of a page are loaded without asking robots.txt or the
/// host's budget, as a visitor's browser would; a redirect's target is judged
/// only after it was asked for. Other users of the machine can reach the
/// driver's and the gate's ports on loopback. If this process is killed the
/// browsers end with it, but their profiles stay in the scratch directory.
///
/// Errors: invalid_input (programs or user are missing, with what to do).
expected<std::shared_ptr<http_client>>
make_browser_client(std::shared_ptr<http_client> inner, browser_options options,
                    http_client_options http);

} // namespace jobfarm::fetch
