#pragma once

#include "cli/command.hpp"

/// Every command, each in the file of its name.
namespace jobfarm::cli {

extern const command audit_command;
extern const command boards_command;
extern const command cancel_command;
extern const command collect_command;
extern const command config_command;
extern const command dead_command;
extern const command dedupe_command;
extern const command demo_command;
extern const command drain_command;
extern const command enrich_command;
extern const command export_command;
extern const command fault_command;
extern const command gazetteer_command;
extern const command keys_command;
extern const command list_command;
extern const command node_command;
extern const command nodes_command;
extern const command normalize_command;
extern const command parse_command;
extern const command results_command;
extern const command robots_command;
extern const command similarity_command;
extern const command simulate_command;
extern const command sources_command;
extern const command stats_command;
extern const command status_command;
extern const command submit_command;
extern const command text_command;
extern const command unmerge_command;
extern const command version_command;
extern const command watch_command;

} // namespace jobfarm::cli
