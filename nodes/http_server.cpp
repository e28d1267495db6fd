#include "nodes/descriptor_room.hpp"
#include "nodes/http_session.hpp"

#include <algorithm>
#include <thread>

namespace jobfarm::nodes {

std::string_view server_request::header(std::string_view name) const {
  auto found =
      std::find_if(headers.begin(), headers.end(),
                   [&](const http_header& one) { return one.name == name; });
  return found == headers.end() ? std::string_view{} : found->value;
}

// -- responder ----------------------------------------------------------------

responder::target::target(std::shared_ptr<http_gate> gate,
                          std::weak_ptr<http_session> session,
                          std::uint64_t request)
    : gate_(std::move(gate)), session_(std::move(session)), request_(request) {
}

responder::target::~target() {
  if (is_answered_.test_and_set())
    return;
  server_response response;
  response.status = 500;
  response.headers = {{"Content-Type", "application/problem+json"}};
  response.body = R"({"type":"/docs/problems/internal","title":)"
                  R"("Internal Server Error","status":500,"code":"internal"})";
  post(std::move(response));
}

void responder::target::answer(server_response response) {
  if (!is_answered_.test_and_set())
    post(std::move(response));
}

void responder::target::post(server_response response) {
  gate_->post([session = session_, request = request_,
               response = std::move(response)]() mutable {
    if (auto self = session.lock())
      self->answer(request, std::move(response));
  });
}

void responder::operator()(server_response response) const {
  to_->answer(std::move(response));
}

// -- server -------------------------------------------------------------------

namespace {

/// Connections at the same time that are told that there are too many; those
/// beyond are closed without a word.
constexpr std::size_t most_turned_away = 64;

/// How long a server that cannot take a connection waits.
constexpr std::chrono::milliseconds pause_of_room{100};

/// accept(2): the process or the machine has no more descriptors or memory.
bool is_out_of_room(error_code error) {
  namespace errc = boost::system::errc;
  return error == errc::too_many_files_open
         || error == errc::too_many_files_open_in_system
         || error == errc::no_buffer_space || error == errc::not_enough_memory;
}

} // namespace

struct http_server::implementation {
  explicit implementation(http_world given) : world(std::move(given)) {
    world.gate->context = &context;
  }
  ~implementation() {
    {
      std::lock_guard lock(world.gate->mutex);
      world.gate->context = nullptr;
    }
    context.stop();
    if (thread.joinable())
      thread.join();
  }

  void accept() {
    acceptor.async_accept([this](error_code error, tcp::socket socket) {
      if (!acceptor.is_open())
        return;
      if (!error)
        admit(std::move(socket));
      if (is_out_of_room(error))
        accept_later();
      else
        accept();
    });
  }

  /// Who waits at the door is still there when something has become free: to
  /// look at once would be to look for ever.
  void accept_later() {
    pause.expires_after(pause_of_room);
    pause.async_wait([this](error_code error) {
      if (!error)
        accept();
    });
  }

  void admit(tcp::socket socket) {
    error_code ignored;
    socket.set_option(tcp::no_delay(true), ignored);
    const auto most = world.options.max_connections;
    if (world.sessions.size() >= most + most_turned_away)
      return;
    auto is_full = world.sessions.size() >= most;
    auto made = std::make_shared<http_session>(std::move(socket), world);
    world.sessions.insert(made);
    is_full ? made->turn_away() : made->read();
  }

  expected<void> listen();

  // Sessions hold sockets of the context: they go first.
  asio::io_context context{1};
  http_world world;
  tcp::acceptor acceptor{context};
  asio::steady_timer pause{context};
  std::thread thread;
};

expected<void> http_server::implementation::listen() {
  const auto& options = world.options;
  error_code error;
  auto address = asio::ip::make_address(options.address, error);
  tcp::endpoint endpoint(address, options.port);
  if (!error)
    acceptor.open(endpoint.protocol(), error);
  if (!error)
    acceptor.set_option(asio::socket_base::reuse_address(true), error);
  if (!error)
    acceptor.bind(endpoint, error);
  if (!error)
    acceptor.listen(asio::socket_base::max_listen_connections, error);
  if (error)
    return fail(errc::invalid_input,
                "listen on " + options.address + ':'
                    + std::to_string(options.port) + ": " + error.message()
                    + "; choose another port, or 0 for a free one");
  return {};
}

namespace {

expected<std::unique_ptr<http_server::implementation>> run(http_world world) {
  auto& most = world.options.max_connections;
  most = connections_within(descriptor_limit(), most);
  auto running =
      std::make_unique<http_server::implementation>(std::move(world));
  if (auto listening = running->listen(); !listening)
    return listening.error();
  running->accept();
  auto* context = &running->context;
  running->thread = std::thread([context] { context->run(); });
  return running;
}

} // namespace

http_server::http_server(std::unique_ptr<implementation> running)
    : running_(std::move(running)) {
}

http_server::~http_server() = default;

expected<std::unique_ptr<http_server>>
http_server::start(http_server_options options, request_handler handler) {
  http_world world;
  world.options = std::move(options);
  world.answer_now = std::move(handler);
  auto running = run(std::move(world));
  if (!running)
    return running.error();
  return std::unique_ptr<http_server>(new http_server(*std::move(running)));
}

expected<std::unique_ptr<http_server>>
http_server::start(http_server_options options, deferring_handler handler) {
  http_world world;
  world.options = std::move(options);
  world.defer = std::move(handler);
  auto running = run(std::move(world));
  if (!running)
    return running.error();
  return std::unique_ptr<http_server>(new http_server(*std::move(running)));
}

std::uint16_t http_server::port() const noexcept {
  error_code ignored;
  return running_->acceptor.local_endpoint(ignored).port();
}

} // namespace jobfarm::nodes
