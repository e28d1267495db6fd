#include "actors/fetch/fetcher_actor.hpp"

#include "actors/errors.hpp"

#include <utility>

namespace jobfarm {

fetch_reply::fetch_reply(fetcher_actor::pointer self)
    : from_(caf::actor_cast<caf::weak_actor_ptr>(self)) {
  caf::response_promise taken = self->make_response_promise<fetch_result>();
  to_ = taken.next();
  id_ = taken.id().response_id();
}

void fetch_reply::send(expected<fetch::http_response> got) const {
  auto from = from_.lock();
  if (!from || !to_)
    return;
  auto answer = got ? caf::make_message(fetch_result{
                    std::make_shared<fetch::http_response>(*std::move(got))})
                    : caf::make_message(to_error(got.error()));
  to_->enqueue(std::move(from), id_, std::move(answer), nullptr);
}

fetcher_state::fetcher_state(fetcher_actor::pointer self) : self_(self) {
}

void fetcher_state::start(std::shared_ptr<fetch::http_client> client) {
  client_ = std::move(client);
}

caf::result<fetch_result> fetcher_state::on_request(fetch_request wanted) {
  fetch::http_order order{std::move(wanted.request), std::move(wanted.route)};
  client_->fetch(std::move(order), [answer = fetch_reply{self_}](auto got) {
    answer.send(std::move(got));
  });
  return caf::delegated<fetch_result>{};
}

fetcher_actor::behavior_type
fetcher(fetcher_actor::stateful_pointer<fetcher_state> self,
        std::shared_ptr<fetch::http_client> client) {
  self->state.start(std::move(client));
  return {
      [self](fetch_request& wanted) {
        return self->state.on_request(std::move(wanted));
      },
  };
}

} // namespace jobfarm
