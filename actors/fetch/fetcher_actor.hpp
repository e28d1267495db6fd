#pragma once

#include "actors/fetch/http_client.hpp"

#include <caf/all.hpp>

#include <map>
#include <memory>

namespace jobfarm {

/// A page to fetch.
struct fetch_request {
  http_request request;
  fetch::fetch_route route;
};

/// The answer, whatever its status.
struct fetch_result {
  std::shared_ptr<const fetch::http_response> response;
};

/// A transfer has ended.
struct fetch_ended {
  std::uint64_t number = 0;
  std::shared_ptr<const expected<fetch::http_response>> answer;
};

} // namespace jobfarm

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(jobfarm::fetch_request)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(jobfarm::fetch_result)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(jobfarm::fetch_ended)

namespace jobfarm {

/// Fetches pages.
using fetcher_actor = caf::typed_actor<
    // Errors: those of `fetch::http_client::fetch`.
    caf::replies_to<fetch_request>::with<fetch_result>,
    // INTERNAL: from the client's thread. Promises belong to the actor's own
    // thread, so the answer takes the way through the mailbox.
    caf::reacts_to<fetch_ended>>;

/// Routes between actors and an HTTP client. When the actor ends, so does the
/// client and every transfer of its.
class fetcher_state {
public:
  static inline const char* name = "fetcher";

  explicit fetcher_state(fetcher_actor::pointer self);

  void start(std::shared_ptr<fetch::http_client> client);
  caf::result<fetch_result> on_request(fetch_request wanted);
  void on_ended(const fetch_ended& ended);

private:
  using promise = caf::typed_response_promise<fetch_result>;

  fetcher_actor::pointer self_;
  std::shared_ptr<fetch::http_client> client_;
  std::map<std::uint64_t, promise> waiting_;
  std::uint64_t last_number_ = 0;
};

fetcher_actor::behavior_type
fetcher(fetcher_actor::stateful_pointer<fetcher_state> self,
        std::shared_ptr<fetch::http_client> client);

} // namespace jobfarm
