#pragma once

#include "actors/fetch/http_client.hpp"

#include <caf/all.hpp>

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

} // namespace jobfarm

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(jobfarm::fetch_request)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(jobfarm::fetch_result)

namespace jobfarm {

/// Fetches pages.
using fetcher_actor = caf::typed_actor<
    // Errors: those of `fetch::http_client::fetch`.
    caf::replies_to<fetch_request>::with<fetch_result>>;

/// Answers a request, from any thread: promises belong to the actor's own.
class fetch_reply {
public:
  fetch_reply() = default;
  /// To the request that `self` is at; nobody else answers it.
  explicit fetch_reply(fetcher_actor::pointer self);

  /// Says nothing once the actor has ended.
  void send(expected<fetch::http_response> got) const;

private:
  // A weak handle: the client must not keep alive the actor that owns it.
  caf::weak_actor_ptr from_;
  caf::strong_actor_ptr to_;
  caf::message_id id_;
};

/// Routes between actors and an HTTP client: from its thread, answers go
/// straight to who asked. When the actor ends, so does the client and every
/// transfer of its.
class fetcher_state {
public:
  static inline const char* name = "fetcher";

  explicit fetcher_state(fetcher_actor::pointer self);

  void start(std::shared_ptr<fetch::http_client> client);
  caf::result<fetch_result> on_request(fetch_request wanted);

private:
  fetcher_actor::pointer self_;
  std::shared_ptr<fetch::http_client> client_;
};

fetcher_actor::behavior_type
fetcher(fetcher_actor::stateful_pointer<fetcher_state> self,
        std::shared_ptr<fetch::http_client> client);

} // namespace jobfarm
