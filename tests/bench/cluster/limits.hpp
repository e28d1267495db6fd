#pragma once

#include <cstddef>
#include <string>

/// What the libraries under a cluster do on this machine, with nothing of ours
/// on top: no cluster is faster.
namespace jobfarm::bench {

/// Frames of a task's size a second, there and back, between two processes'
/// worth of ROUTER and DEALER under CURVE, `window` of them under way.
double zeromq_round_trips_per_second(std::size_t frames, std::size_t window);

/// Values of a task's size that LevelDB takes a second in synced batches of
/// `batch`, in a new directory `at`.
double leveldb_writes_per_second(std::size_t values, std::size_t batch,
                                 const std::string& at);

} // namespace jobfarm::bench
