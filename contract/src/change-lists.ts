/** What is listed of a folder that is compared, in the order in which it is told. Without schemas: the command line needs none. */

export const changeLists = ['folder', 'inputs', 'outputs', 'requirements', 'resources', 'moduleCalls'] as const
