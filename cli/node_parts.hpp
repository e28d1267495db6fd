#pragma once

#include "actors/watch/fail_points.hpp"
#include "cli/settings.hpp"
#include "messages/expected.hpp"
#include "nodes/http_server.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

/// What nodes of every role are made of.
namespace jobfarm::cli {

/// How soon a signal is noticed.
constexpr auto look_every = std::chrono::milliseconds{250};

/// Where a coordinator's link listens unless told.
constexpr const char* standard_link = "127.0.0.1:7411";

/// `--tokens`, else `tokens` in the data directory.
std::string tokens_file(const settings& given);

/// Where to listen: the port of this flag, `--http-address`. Says so if the
/// limit of open files leaves few connections.
nodes::http_server_options
http_options_of(const settings& given, const std::string& flag = "http-port");

/// Prints where a node of `--http-address` serves.
void print_url(const settings& given, std::uint16_t port);

/// `tcp://ADDRESS:PORT` of an address with or without its scheme.
std::string endpoint_of(const std::string& address);

/// One line for the operator.
void note_line(const std::string& text);

/// The names of all sources.
std::vector<std::string> source_names();

/// Faults that may be injected, if they may.
std::shared_ptr<watch::fail_points> faults_of(const settings& given);

/// A fault may end the process here as nothing else does.
void pass_pulse(watch::fail_points& faults);

} // namespace jobfarm::cli
