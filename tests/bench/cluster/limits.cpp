#include "tests/bench/cluster/limits.hpp"

#include "nodes/link/keys.hpp"

#include <leveldb/db.h>
#include <leveldb/write_batch.h>
#include <zmq.hpp>

#include <chrono>
#include <memory>
#include <stdexcept>
#include <thread>

namespace jobfarm::bench {

namespace {

constexpr std::size_t task_bytes = 400;

double per_second(std::size_t count,
                  std::chrono::steady_clock::time_point since) {
  std::chrono::duration<double> took = std::chrono::steady_clock::now() - since;
  return static_cast<double>(count) / took.count();
}

void echo(zmq::socket_t& router, std::size_t frames) {
  for (std::size_t i = 0; i < frames; ++i) {
    zmq::message_t peer;
    zmq::message_t body;
    (void)router.recv(peer);
    (void)router.recv(body);
    router.send(peer, zmq::send_flags::sndmore);
    router.send(body, zmq::send_flags::none);
  }
}

} // namespace

double zeromq_round_trips_per_second(std::size_t frames, std::size_t window) {
  auto keys = nodes::link_layer::new_key_pair();
  zmq::context_t here;
  zmq::context_t there;
  zmq::socket_t router(here, zmq::socket_type::router);
  router.set(zmq::sockopt::curve_server, 1);
  router.set(zmq::sockopt::curve_publickey, keys.public_key);
  router.set(zmq::sockopt::curve_secretkey, keys.secret_key);
  router.bind("tcp://127.0.0.1:*");
  zmq::socket_t dealer(there, zmq::socket_type::dealer);
  dealer.set(zmq::sockopt::curve_serverkey, keys.public_key);
  dealer.set(zmq::sockopt::curve_publickey, keys.public_key);
  dealer.set(zmq::sockopt::curve_secretkey, keys.secret_key);
  dealer.connect(router.get(zmq::sockopt::last_endpoint));
  std::thread other([&] { echo(router, frames); });
  auto begun = std::chrono::steady_clock::now();
  const std::string body(task_bytes, 'x');
  for (std::size_t sent = 0, back = 0; back < frames;) {
    while (sent < frames && sent - back < window) {
      dealer.send(zmq::buffer(body), zmq::send_flags::none);
      ++sent;
    }
    zmq::message_t answer;
    (void)dealer.recv(answer);
    ++back;
  }
  auto speed = per_second(frames, begun);
  other.join();
  return speed;
}

double leveldb_writes_per_second(std::size_t values, std::size_t batch,
                                 const std::string& at) {
  leveldb::Options options;
  options.create_if_missing = true;
  leveldb::DB* opened = nullptr;
  if (!leveldb::DB::Open(options, at, &opened).ok())
    throw std::runtime_error("cannot open " + at);
  std::unique_ptr<leveldb::DB> db(opened);
  leveldb::WriteOptions durable;
  durable.sync = true;
  auto begun = std::chrono::steady_clock::now();
  const std::string value(task_bytes, 'x');
  for (std::size_t i = 0; i < values;) {
    leveldb::WriteBatch writes;
    for (auto end = i + batch; i < end; ++i)
      writes.Put("t/" + std::to_string(i), value);
    if (!db->Write(durable, &writes).ok())
      throw std::runtime_error("cannot write " + at);
  }
  return per_second(values, begun);
}

} // namespace jobfarm::bench
