import { useMutation, useQueryClient, type QueryKey } from '@tanstack/react-query'

import { keys } from '@/api/queries'

/** A write to the server. What shows the things that it touched is read again as soon as it has answered. */
export function useWrite<In, Out>(
  write: (input: In) => Promise<Out>,
  touched: (input: In, output: Out) => readonly QueryKey[],
) {
  const client = useQueryClient()
  return useMutation<Out, Error, In>({
    mutationFn: write,
    onSuccess: (output, input) => {
      for (const queryKey of [...touched(input, output), keys.status])
        void client.invalidateQueries({ queryKey })
    },
  })
}
