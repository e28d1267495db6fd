#include "actors/fetch/fetcher_actor.hpp"

#include "actors/errors.hpp"

namespace jobfarm {

fetcher_state::fetcher_state(fetcher_actor::pointer self) : self_(self) {
}

void fetcher_state::start(std::shared_ptr<fetch::http_client> client) {
  client_ = std::move(client);
}

caf::result<fetch_result> fetcher_state::on_request(fetch_request wanted) {
  auto number = ++last_number_;
  auto answer = self_->make_response_promise<fetch_result>();
  waiting_.emplace(number, answer);
  // A weak handle: the client must not keep alive the actor that owns it.
  auto self = caf::actor_cast<caf::weak_actor_ptr>(self_);
  fetch::http_order order{std::move(wanted.request), std::move(wanted.route)};
  client_->fetch(std::move(order), [self, number](auto got) {
    if (auto strong = self.lock())
      caf::anon_send(
          caf::actor_cast<fetcher_actor>(strong),
          fetch_ended{number, std::make_shared<expected<fetch::http_response>>(
                                  std::move(got))});
  });
  return answer;
}

void fetcher_state::on_ended(const fetch_ended& ended) {
  auto found = waiting_.find(ended.number);
  if (found == waiting_.end())
    return;
  auto answer = std::move(found->second);
  waiting_.erase(found);
  if (*ended.answer)
    answer.deliver(fetch_result{{ended.answer, &**ended.answer}});
  else
    answer.deliver(to_error(ended.answer->error()));
}

fetcher_actor::behavior_type
fetcher(fetcher_actor::stateful_pointer<fetcher_state> self,
        std::shared_ptr<fetch::http_client> client) {
  self->state.start(std::move(client));
  return {
      [self](fetch_request& wanted) {
        return self->state.on_request(std::move(wanted));
      },
      [self](const fetch_ended& ended) { self->state.on_ended(ended); },
  };
}

} // namespace jobfarm
