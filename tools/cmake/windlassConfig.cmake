# find_package(windlass): the program as the target windlass::windlass, windlass_transform and windlass_go_executable.
include("${CMAKE_CURRENT_LIST_DIR}/windlassTargets.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/windlass_transform.cmake")
