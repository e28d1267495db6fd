#include "nodes/link/door.hpp"

#include <chrono>
#include <system_error>
#include <utility>
#include <vector>

namespace jobfarm::nodes::link_layer {

namespace {

constexpr auto bell_address = "inproc://jobfarm.link.strangers";

/// How coarse the times of files may be: some milliseconds by Linux' own file
/// systems, two seconds by FAT. A file that is younger may be written again
/// without a newer time, so it is read again as well.
constexpr std::chrono::seconds clock_tick{2};

/// The parts of one message that is there; none if there is none.
std::vector<std::string> parts_of(zmq::socket_t& from) {
  std::vector<std::string> parts;
  zmq::message_t part;
  if (!from.recv(part, zmq::recv_flags::dontwait))
    return parts;
  parts.push_back(part.to_string());
  while (part.more()) {
    (void)from.recv(part, zmq::recv_flags::none);
    parts.push_back(part.to_string());
  }
  return parts;
}

} // namespace

door::door(zmq::context_t& context, std::string allow_file)
    : socket_(context, zmq::socket_type::rep),
      bell_(context, zmq::socket_type::pair),
      file_(std::move(allow_file)) {
  socket_.set(zmq::sockopt::linger, 0);
  socket_.bind("inproc://zeromq.zap.01");
}

void door::watch(zmq::socket_t& guarded) {
  // Who fails by its key is told of by `answer`.
  constexpr int events = ZMQ_EVENT_HANDSHAKE_FAILED_NO_DETAIL
                         | ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL;
  if (zmq_socket_monitor(guarded.handle(), bell_address, events) == 0)
    bell_.connect(bell_address);
}

std::optional<std::string> door::answer() {
  auto asked = parts_of(socket_);
  if (asked.empty())
    return std::nullopt;
  asked.resize(7);
  const auto key = asked[5] == "CURVE" ? to_hex(asked[6]) : std::string{};
  const auto name = name_of(key);
  say("1.0", true);
  say(asked[1], true);
  say(name.empty() ? "400" : "200", true);
  say(name.empty() ? "key not allowed" : "", true);
  say(name.empty() ? "" : key, true);
  say("", false);
  if (!name.empty())
    return "";
  return "refused a connection from " + asked[3] + ": key "
         + (key.empty() ? "(none)" : key.substr(0, 16) + "...")
         + " is not on the allow-list";
}

std::size_t door::strangers() {
  std::size_t count = 0;
  while (!parts_of(bell_).empty())
    ++count;
  return count;
}

void door::say(const std::string& text, bool more) {
  socket_.send(zmq::buffer(text),
               more ? zmq::send_flags::sndmore : zmq::send_flags::none);
}

std::string door::name_of(const std::string& user_id) const {
  auto found = names_.find(user_id);
  return found == names_.end() ? std::string{} : found->second;
}

void door::take(const allow_list& fresh) {
  names_.clear();
  for (const auto& [key, name] : fresh.names())
    names_.emplace(to_hex(key), name);
}

std::optional<std::string> door::look_again() {
  std::error_code problem;
  auto changed = std::filesystem::last_write_time(file_, problem);
  if (problem == std::errc::no_such_file_or_directory) {
    take({});
    read_at_ = {};
    trouble_.clear();
  }
  if (problem || changed == read_at_)
    return std::nullopt;
  const auto age = std::filesystem::file_time_type::clock::now() - changed;
  auto fresh = allow_list::read(file_);
  if (age > clock_tick)
    read_at_ = changed;
  if (fresh)
    take(*fresh);
  const auto trouble = fresh ? std::string{} : fresh.error().detail;
  if (std::exchange(trouble_, trouble) == trouble || trouble.empty())
    return std::nullopt;
  return "the allow-list is not as it should be, the one before stays: "
         + trouble;
}

} // namespace jobfarm::nodes::link_layer
