#pragma once

#include "actors/fetch/http_client.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>

namespace jobfarm::fetch {

/// Orders that a client hands on to another one, some of them several times:
/// the next hop, the next proxy. A cancel ends what is under way, and what
/// would be handed on afterwards. Thread-safe; holds its mutex while it calls
/// nobody.
class order_relay {
public:
  using transfer_id = http_client::transfer_id;

  /// A number for an order that begins.
  transfer_id open();

  /// Hands `order` on to `to`, or ends it with `cancelled` if number `id` was
  /// cancelled before.
  void send(transfer_id id, http_client& to, http_order order, http_done done);

  /// Cancels number `id`, at `to` if it is there now; nothing if it has ended.
  void cancel(transfer_id id, http_client& to);

  bool is_cancelled(transfer_id id) const;

  /// Number `id` has ended: to be called before its `done` is.
  void close(transfer_id id);

private:
  struct open_order {
    bool is_cancelled = false;
    /// How often it was handed on.
    std::uint64_t hop = 0;
    /// Its number at the other client while it is there, and that is known.
    std::optional<transfer_id> onward;
    /// The present hop has been answered.
    bool is_back = true;
  };
  struct book {
    std::mutex mutex;
    transfer_id last_id = 0;
    std::map<transfer_id, open_order> orders;
  };

  /// Outlives the relay where an answer ends its owner.
  std::shared_ptr<book> book_ = std::make_shared<book>();
};

} // namespace jobfarm::fetch
