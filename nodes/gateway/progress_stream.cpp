#include "nodes/gateway/progress_stream.hpp"

#include "messages/json.hpp"
#include "nodes/gateway/query_json.hpp"

namespace jobfarm::nodes::gateway {

namespace {

using take_part = std::function<void(body_part)>;
using clock = workers::clock;

constexpr auto news_every = std::chrono::milliseconds{250};
constexpr auto beat_every = std::chrono::seconds{15};

std::string event_text(std::uint64_t id, std::string_view name,
                       const std::string& data) {
  return "id: " + std::to_string(id) + "\nevent: " + std::string{name}
         + "\ndata: " + data + "\n\n";
}

/// One client that follows a query.
class follower : public std::enable_shared_from_this<follower> {
public:
  follower(farm_port& farm, workers& pool, std::string query_id,
           std::uint64_t last_id)
      : farm_(farm),
        pool_(pool),
        query_id_(std::move(query_id)),
        last_id_(last_id) {
  }

  void look(take_part take, clock::duration delay) {
    auto self = shared_from_this();
    auto is_taken = pool_.post([self, take] { self->on_look(take); }, delay);
    if (!is_taken)
      take({"", body_part::kind::broken});
  }

private:
  void on_look(const take_part& take) {
    auto view = farm_.query(query_id_);
    if (!view)
      return take({"", body_part::kind::broken});
    if (view->has_ended())
      return take({event_text(last_id_ + 1, "end", to_json(*view)),
                   body_part::kind::last});
    auto told = view->record.progress;
    told.elapsed_s = 0;
    if (auto text = jobfarm::to_json(told); text != told_) {
      told_ = std::move(text);
      beat_ = clock::now();
      return take({event_text(++last_id_, "progress",
                              jobfarm::to_json(view->record.progress)),
                   body_part::kind::more});
    }
    if (clock::now() - beat_ >= beat_every) {
      beat_ = clock::now();
      return take({":\n\n", body_part::kind::more});
    }
    look(take, news_every);
  }

  farm_port& farm_;
  workers& pool_;
  std::string query_id_;
  std::uint64_t last_id_;
  std::string told_;
  clock::time_point beat_ = clock::now();
};

} // namespace

server_response progress_stream(farm_port& farm, workers& pool,
                                const std::string& query_id,
                                std::uint64_t last_id) {
  auto one = std::make_shared<follower>(farm, pool, query_id, last_id);
  server_response response;
  response.headers = {{"Content-Type", "text/event-stream"}};
  response.stream = [one, is_first = true](const take_part& take) mutable {
    one->look(take,
              std::exchange(is_first, false) ? clock::duration{} : news_every);
  };
  return response;
}

} // namespace jobfarm::nodes::gateway
